/** What the outside may ask of prototype sessions: the API calls these and nothing else. */
import type {
  CodeGenerateRequest,
  CodeGenerateResponse,
  DesignBox,
  Feature,
  FigmaConnection,
  OpenedDesign,
  Project,
  PrototypeFile,
  PrototypeSession,
  RefinementOffer,
} from '@slipway/domain'

/** Who asks: a workspace, and one browser in it by its cookie `bp_session`. */
export interface Asker {
  readonly orgId: string
  readonly sessionId: string
}

export interface Prototypes {
  /** Keeps a design that was handed in. @throws DESIGN_UNREADABLE */
  openUpload(asker: Asker, values: { form: 'json' | 'fig' | 'clipboard'; name: string; bytes: Uint8Array }): Promise<OpenedDesign>
  /** @throws FIGMA_LINK_UNKNOWN and all that Figma may say */
  openFigmaFile(asker: Asker, values: { link: string; isWhole: boolean }): Promise<OpenedDesign>

  /** Takes the place of what this browser had. */
  generate(asker: Asker, request: CodeGenerateRequest): Promise<CodeGenerateResponse>
  /** From the frozen bundle: Figma is not asked. @throws NOT_FOUND, MOVED_ON */
  regenerate(asker: Asker): Promise<CodeGenerateResponse>
  /** Fetches the frame anew when its file has another version. @throws NOT_FOUND, MOVED_ON and all that Figma may say */
  refresh(asker: Asker): Promise<{ isChanged: boolean }>
  /** What refining would cost, and with which model: none before there is code. @throws NOT_FOUND */
  refinementOffer(asker: Asker): Promise<RefinementOffer>
  /**
   * Asks a model for names and meanings; what comes of it is told by the session. The same question is never paid twice.
   * @throws NOT_FOUND, MOVED_ON, CONFLICT, MODEL_MISSING, INPUT_INVALID where nothing can be measured
   */
  refine(asker: Asker): Promise<{ sessionId: string }>
  /** Compiles without what the model proposed. @throws NOT_FOUND, MOVED_ON */
  undoRefinement(asker: Asker): Promise<CodeGenerateResponse>
  show(asker: Asker): Promise<{ session: PrototypeSession | null; eventId: number }>
  /** @throws NOT_FOUND, MOVED_ON, CONFLICT */
  edit(asker: Asker, values: { file: PrototypeFile; revision: number }): Promise<{ revision: number }>

  /** @throws NOT_FOUND before there is a result */
  boxes(asker: Asker): Promise<{ boxes: DesignBox[] }>
  /** The compiled page as one document, and the policy it is to be shown under. @throws NOT_FOUND */
  live(asker: Asker): Promise<{ html: string; policy: string }>
  /** A project that installs and runs, with the code as it is now. @throws NOT_FOUND */
  download(asker: Asker): Promise<{ fileName: string; bytes: Uint8Array }>
  /** @throws OBJECT_NOT_FOUND */
  picture(asker: Asker, sha256: string): Promise<{ type: string; bytes: Uint8Array }>
  /** A project whose first feature begins with this page. @throws NOT_FOUND */
  use(asker: Asker): Promise<{ project: Project; feature: Feature }>

  connection(asker: Asker): Promise<{ connection: FigmaConnection | null; canUseOauth: boolean }>
  /** Asks Figma whose token it is, then seals it. @throws FIGMA_AUTH */
  connect(asker: Asker, values: { token: string }): Promise<FigmaConnection>
  disconnect(asker: Asker): Promise<void>
}
