/** Who asks, and in which workspace. */
export interface Viewer {
  readonly userId: string
  readonly name: string
  readonly email: string
  readonly orgId: string
  readonly orgName: string
}
