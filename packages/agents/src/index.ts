/** Models at work: exchanges, money, agents, the coder loop, records. */

export type { Agent, AgentInput, Outcome } from './agent.ts'
export { type AnalyzedCards, analyzeCards, type CardsInput, withCardIds } from './agents/analyze-cards.ts'
export { type ExistingItem, normalTitle } from './agents/backlog-items.ts'
export { type AnalystInput, AnalystTurn, businessAnalyst } from './agents/business-analyst.ts'
export type { CoderBrief, CoderTask } from './agents/coder.ts'
export { AppName, nameApp } from './agents/name-app.ts'
export { planner, type TaskInput, TaskNotes } from './agents/planner.ts'
export { type NamesInput, refineNames } from './agents/refine-names.ts'
export { diffHash, Finding, Review, type ReviewInput, reviewer } from './agents/reviewer.ts'
export { type SecurityInput, SecurityReview, security } from './agents/security.ts'
export { TestFiles, type TestsInput, tester } from './agents/tester.ts'
export { Epics, type EpicsInput, writeEpics } from './agents/write-epics.ts'
export { type PlanDraft, PlanDrafts, type PlanInput, planDocuments, writePlan } from './agents/write-plan.ts'
export { type SpecInput, writeSpec } from './agents/write-spec.ts'
export { Stories, type StoriesInput, writeStories } from './agents/write-stories.ts'
export { Subtasks, type SubtasksInput, writeSubtasks } from './agents/write-subtasks.ts'
export type {
  Backlog,
  BacklogEpic,
  BacklogItem,
  BacklogStory,
} from './backlog/backlog-tree.ts'
export { type BacklogIdea, builtInBacklog } from './backlog/built-in-backlog.ts'
export {
  type BacklogFile,
  exportBacklog,
  type GithubIssue,
  githubIssues,
} from './backlog/export-backlog.ts'
export {
  type ItemChange,
  type Merge,
  mergeItems,
  type StoredItem,
  type WantedItem,
} from './backlog/merge-items.ts'
export { type CardText, readCards } from './backlog/read-cards.ts'
export { type SortedCards, sortCards } from './backlog/sort-cards.ts'
export { choiceOf, contextTokensOf, type ModelSource, modelChooser, pricesOf, type VendorKey } from './choose-model.ts'
export { type CoderDeps, type CoderEvent, type CoderOptions, type CoderResult, type Progress, runCoder } from './coder-loop.ts'
export { diagnoseTypes, type TypeCheckOptions } from './diagnose-types.ts'
export { type Dossier, dossierText } from './dossier.ts'
export {
  type CheckedFetchOptions,
  checkedFetch,
  isPublicAddress,
  PUBLIC_ONLY,
  refusalOfUrl,
  type VendorAddresses,
  vendorFetch,
} from './drivers/checked-fetch.ts'
export { type ConnectOptions, connect } from './drivers/connect.ts'
export type { AttemptFault, AttemptResult, Driver, FaultKind, Fetch, Timeouts } from './drivers/driver.ts'
export { knownPrices } from './drivers/known-prices.ts'
export { type KeyTest, type ListedModel, listModels, testKey, type VendorAccess } from './drivers/list-models.ts'
export { PROVIDERS, type Provider, type ProviderId } from './drivers/providers.ts'
export { scrub, withoutKey } from './drivers/scrub.ts'
export { estimateOf, fromHistory, type PlannedCalls, plannedCalls, type StageSize } from './estimate.ts'
export { type EstimateSource, estimateStage } from './estimate-stage.ts'
export { createModel, type ModelDeps, RETRIES, type RetryPolicy, withFallback } from './exchange.ts'
export { fenced, fencedJson, GROUND_RULES } from './fence.ts'
export { fixImports } from './fixers/fix-imports.ts'
export { LOOP_LIMITS, type LoopLimits } from './guards.ts'
export { type ReplayJudge, replayJudge } from './judge-replay.ts'
export { type MemoryLedger, memoryLedger } from './ledger.ts'
export type { Image, Message, Model, ModelRequest, Reply, StreamPart, ToolCall } from './model.ts'
export { costOf, FREE, type Price, type PriceTable, priceTable, type Rates } from './prices.ts'
export { receiptOf } from './receipt.ts'
export { fileRecording, type RecordedExchange, type Recording, recorded } from './record.ts'
export { RecordedExchangeLine } from './recorded-exchange.ts'
export { type ReplayedExchange, type ReplayOptions, replayed } from './replay.ts'
export { exchangeKey, REPAIRS_MAX, type RunOptions, runAgent } from './run-agent.ts'
export { type FieldListener, streamField } from './stream-field.ts'
export type { Diagnose } from './tools/tool.ts'
export type { CommandEvidence, Fixer, Verification } from './verify-task.ts'
