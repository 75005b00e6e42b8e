CREATE TYPE "public"."agent_session_status" AS ENUM('idle', 'running', 'completed', 'failed');
CREATE TYPE "public"."agent_type" AS ENUM('planner', 'coder', 'reviewer');
CREATE TYPE "public"."evidence_kind" AS ENUM('command', 'http', 'browser', 'file', 'database', 'import');
CREATE TYPE "public"."evidence_verdict" AS ENUM('satisfied', 'violated', 'undecided');
CREATE TYPE "public"."feature_status" AS ENUM('drafting', 'spec_generating', 'spec_ready', 'plan_generating', 'plan_ready', 'plan_approved', 'building', 'built', 'build_failed');
CREATE TYPE "public"."job_status" AS ENUM('queued', 'starting', 'scaffold', 'code', 'deps', 'checks', 'ready', 'failed', 'cancelled');
CREATE TYPE "public"."ledger_outcome" AS ENUM('useful', 'retried', 'wasted');
CREATE TYPE "public"."message_role" AS ENUM('user', 'assistant');
CREATE TYPE "public"."prototype_session_status" AS ENUM('pending', 'generating', 'ready', 'error');
CREATE TYPE "public"."requirement_delivery" AS ENUM('compiled', 'model', 'later');
CREATE TYPE "public"."requirement_priority" AS ENUM('must', 'should', 'could');
CREATE TYPE "public"."run_item_status" AS ENUM('PENDING', 'GENERATING', 'SAVING', 'COMPLETED', 'FAILED', 'SKIPPED');
CREATE TYPE "public"."run_stage" AS ENUM('ANALYZE_CARDS', 'GENERATE_EPICS', 'GENERATE_STORIES', 'GENERATE_SUBTASKS');
CREATE TYPE "public"."workflow_status" AS ENUM('pending', 'in_progress', 'completed', 'failed');
CREATE TABLE "agent_runs" (
	"org_id" text DEFAULT nullif(current_setting('app.org_id', true), '') NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"feature_id" uuid NOT NULL,
	"job_id" uuid,
	"agent" text NOT NULL,
	"provider" text NOT NULL,
	"model" text NOT NULL,
	"status" "agent_session_status" DEFAULT 'idle' NOT NULL,
	"input_tokens" integer DEFAULT 0 NOT NULL,
	"output_tokens" integer DEFAULT 0 NOT NULL,
	"error" text,
	"started_at" timestamp with time zone,
	"completed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "agent_runs_org_id_id_pk" PRIMARY KEY("org_id","id")
);

CREATE TABLE "agent_sessions" (
	"org_id" text DEFAULT nullif(current_setting('app.org_id', true), '') NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"workflow_id" uuid NOT NULL,
	"agent_type" "agent_type" NOT NULL,
	"status" "agent_session_status" DEFAULT 'idle' NOT NULL,
	"session_id" text,
	"input" text NOT NULL,
	"output" text,
	"error" text,
	"started_at" timestamp with time zone,
	"completed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "agent_sessions_org_id_id_pk" PRIMARY KEY("org_id","id")
);

CREATE TABLE "artifacts" (
	"org_id" text DEFAULT nullif(current_setting('app.org_id', true), '') NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"feature_id" uuid NOT NULL,
	"job_id" uuid,
	"path" text NOT NULL,
	"object_key" text NOT NULL,
	"sha256" text NOT NULL,
	"size_bytes" bigint NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "artifacts_org_id_id_pk" PRIMARY KEY("org_id","id"),
	CONSTRAINT "artifacts_path" UNIQUE NULLS NOT DISTINCT("org_id","feature_id","job_id","path")
);

CREATE TABLE "briefs" (
	"org_id" text DEFAULT nullif(current_setting('app.org_id', true), '') NOT NULL,
	"feature_id" uuid NOT NULL,
	"brief" jsonb NOT NULL,
	"questions" jsonb NOT NULL,
	"answers" jsonb NOT NULL,
	"updated_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "briefs_org_id_feature_id_pk" PRIMARY KEY("org_id","feature_id")
);

CREATE TABLE "cards" (
	"org_id" text DEFAULT nullif(current_setting('app.org_id', true), '') NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"project_id" uuid NOT NULL,
	"title" text NOT NULL,
	"text" text DEFAULT '' NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "cards_org_id_id_pk" PRIMARY KEY("org_id","id")
);

CREATE TABLE "chat_messages" (
	"org_id" text DEFAULT nullif(current_setting('app.org_id', true), '') NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"feature_id" uuid NOT NULL,
	"role" "message_role" NOT NULL,
	"content" text NOT NULL,
	"questions" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"answers" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "chat_messages_org_id_id_pk" PRIMARY KEY("org_id","id")
);

CREATE TABLE "epics" (
	"org_id" text DEFAULT nullif(current_setting('app.org_id', true), '') NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"code" text NOT NULL,
	"title" text NOT NULL,
	"description" text,
	"effort" text,
	"criteria" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"depends_on" text[] DEFAULT '{}' NOT NULL,
	"requirement" text,
	"run_id" uuid,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"project_id" uuid NOT NULL,
	CONSTRAINT "epics_org_id_id_pk" PRIMARY KEY("org_id","id"),
	CONSTRAINT "epics_project_code" UNIQUE("org_id","project_id","code")
);

CREATE TABLE "events" (
	"org_id" text DEFAULT nullif(current_setting('app.org_id', true), '') NOT NULL,
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp with time zone NOT NULL,
	"type" text NOT NULL,
	"project_id" uuid,
	"feature_id" uuid,
	"job_id" uuid,
	"body" jsonb NOT NULL,
	CONSTRAINT "events_org_id_id_pk" PRIMARY KEY("org_id","id")
);

CREATE TABLE "evidence" (
	"org_id" text DEFAULT nullif(current_setting('app.org_id', true), '') NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"project_id" uuid NOT NULL,
	"feature_id" uuid,
	"job_id" uuid,
	"requirement" text,
	"kind" "evidence_kind" NOT NULL,
	"verdict" "evidence_verdict" NOT NULL,
	"summary" text NOT NULL,
	"key" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "evidence_org_id_id_pk" PRIMARY KEY("org_id","id"),
	CONSTRAINT "evidence_key" UNIQUE NULLS NOT DISTINCT("org_id","project_id","feature_id","job_id","key")
);

CREATE TABLE "features" (
	"org_id" text DEFAULT nullif(current_setting('app.org_id', true), '') NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"project_id" uuid NOT NULL,
	"title" text NOT NULL,
	"idea" text NOT NULL,
	"status" "feature_status" DEFAULT 'drafting' NOT NULL,
	"deleted_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "features_org_id_id_pk" PRIMARY KEY("org_id","id")
);

CREATE TABLE "figma_tokens" (
	"org_id" text DEFAULT nullif(current_setting('app.org_id', true), '') NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"session_id" text NOT NULL,
	"sealed" "bytea" NOT NULL,
	"last_four" text NOT NULL,
	"expires_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "figma_tokens_org_id_id_pk" PRIMARY KEY("org_id","id"),
	CONSTRAINT "figma_tokens_session" UNIQUE("org_id","session_id")
);

CREATE TABLE "jobs" (
	"org_id" text DEFAULT nullif(current_setting('app.org_id', true), '') NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"project_id" uuid NOT NULL,
	"feature_id" uuid NOT NULL,
	"status" "job_status" DEFAULT 'queued' NOT NULL,
	"sandbox_id" text,
	"preview_url" text,
	"build_version" text,
	"workspace_path" text,
	"checks" jsonb NOT NULL,
	"restore_from" text,
	"failure" text,
	"debug_id" text,
	"archive_sha256" text,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"started_at" timestamp with time zone,
	"preview_at" timestamp with time zone,
	"completed_at" timestamp with time zone,
	CONSTRAINT "jobs_org_id_id_pk" PRIMARY KEY("org_id","id")
);

CREATE TABLE "ledger_entries" (
	"org_id" text DEFAULT nullif(current_setting('app.org_id', true), '') NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"project_id" uuid NOT NULL,
	"feature_id" uuid,
	"job_id" uuid,
	"agent_run_id" uuid,
	"key" text NOT NULL,
	"provider" text NOT NULL,
	"model" text NOT NULL,
	"input_tokens" integer DEFAULT 0 NOT NULL,
	"output_tokens" integer DEFAULT 0 NOT NULL,
	"amount_micros" bigint NOT NULL,
	"outcome" "ledger_outcome" DEFAULT 'useful' NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "ledger_entries_org_id_id_pk" PRIMARY KEY("org_id","id"),
	CONSTRAINT "ledger_entries_key" UNIQUE("org_id","key")
);

CREATE TABLE "plans" (
	"org_id" text DEFAULT nullif(current_setting('app.org_id', true), '') NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"feature_id" uuid NOT NULL,
	"name" text NOT NULL,
	"title" text NOT NULL,
	"wave" integer NOT NULL,
	"source" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "plans_org_id_id_pk" PRIMARY KEY("org_id","id"),
	CONSTRAINT "plans_feature_name" UNIQUE("org_id","feature_id","name")
);

CREATE TABLE "profiles" (
	"org_id" text DEFAULT nullif(current_setting('app.org_id', true), '') NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"user_id" text NOT NULL,
	"name" text NOT NULL,
	"settings" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "profiles_org_id_id_pk" PRIMARY KEY("org_id","id"),
	CONSTRAINT "profiles_user" UNIQUE("org_id","user_id")
);

CREATE TABLE "projects" (
	"org_id" text DEFAULT nullif(current_setting('app.org_id', true), '') NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"name" text NOT NULL,
	"version_count" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "projects_org_id_id_pk" PRIMARY KEY("org_id","id")
);

CREATE TABLE "prototype_sessions" (
	"org_id" text DEFAULT nullif(current_setting('app.org_id', true), '') NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"session_id" text NOT NULL,
	"design_context" jsonb NOT NULL,
	"generated_code" text,
	"thumbnail_url" text,
	"frame_name" text,
	"frame_width" integer,
	"frame_height" integer,
	"status" "prototype_session_status" DEFAULT 'pending' NOT NULL,
	"error_code" text,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "prototype_sessions_org_id_id_pk" PRIMARY KEY("org_id","id"),
	CONSTRAINT "prototype_sessions_session" UNIQUE("org_id","session_id")
);

CREATE TABLE "requirements" (
	"org_id" text DEFAULT nullif(current_setting('app.org_id', true), '') NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"feature_id" uuid NOT NULL,
	"code" text NOT NULL,
	"position" integer NOT NULL,
	"title" text NOT NULL,
	"text" text NOT NULL,
	"source" text NOT NULL,
	"criteria" jsonb NOT NULL,
	"priority" "requirement_priority" NOT NULL,
	"delivery" "requirement_delivery" NOT NULL,
	CONSTRAINT "requirements_org_id_id_pk" PRIMARY KEY("org_id","id"),
	CONSTRAINT "requirements_feature_code" UNIQUE("org_id","feature_id","code")
);

CREATE TABLE "run_epics" (
	"org_id" text DEFAULT nullif(current_setting('app.org_id', true), '') NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"run_id" uuid NOT NULL,
	"status" "run_item_status" DEFAULT 'PENDING' NOT NULL,
	"tokens_used" integer,
	"duration_ms" integer,
	"error_msg" text,
	"retry_count" integer DEFAULT 0 NOT NULL,
	"started_at" timestamp with time zone,
	"completed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"epic_id" uuid NOT NULL,
	"stories_created" integer DEFAULT 0 NOT NULL,
	"stories_deleted" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "run_epics_org_id_id_pk" PRIMARY KEY("org_id","id"),
	CONSTRAINT "run_epics_run_epic" UNIQUE("org_id","run_id","epic_id")
);

CREATE TABLE "run_stories" (
	"org_id" text DEFAULT nullif(current_setting('app.org_id', true), '') NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"run_id" uuid NOT NULL,
	"status" "run_item_status" DEFAULT 'PENDING' NOT NULL,
	"tokens_used" integer,
	"duration_ms" integer,
	"error_msg" text,
	"retry_count" integer DEFAULT 0 NOT NULL,
	"started_at" timestamp with time zone,
	"completed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"story_id" uuid NOT NULL,
	"subtasks_created" integer DEFAULT 0 NOT NULL,
	"subtasks_deleted" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "run_stories_org_id_id_pk" PRIMARY KEY("org_id","id"),
	CONSTRAINT "run_stories_run_story" UNIQUE("org_id","run_id","story_id")
);

CREATE TABLE "runs" (
	"org_id" text DEFAULT nullif(current_setting('app.org_id', true), '') NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"project_id" uuid NOT NULL,
	"stage" "run_stage" NOT NULL,
	"status" "run_item_status" DEFAULT 'PENDING' NOT NULL,
	"tokens_used" integer,
	"duration_ms" integer,
	"error_msg" text,
	"started_at" timestamp with time zone,
	"completed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "runs_org_id_id_pk" PRIMARY KEY("org_id","id")
);

CREATE TABLE "secrets" (
	"org_id" text DEFAULT nullif(current_setting('app.org_id', true), '') NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"provider" text NOT NULL,
	"sealed" "bytea" NOT NULL,
	"last_four" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "secrets_org_id_id_pk" PRIMARY KEY("org_id","id"),
	CONSTRAINT "secrets_provider" UNIQUE("org_id","provider")
);

CREATE TABLE "specs" (
	"org_id" text DEFAULT nullif(current_setting('app.org_id', true), '') NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"feature_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"spec" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "specs_org_id_id_pk" PRIMARY KEY("org_id","id"),
	CONSTRAINT "specs_feature_revision" UNIQUE("org_id","feature_id","revision")
);

CREATE TABLE "stories" (
	"org_id" text DEFAULT nullif(current_setting('app.org_id', true), '') NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"code" text NOT NULL,
	"title" text NOT NULL,
	"description" text,
	"effort" text,
	"criteria" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"depends_on" text[] DEFAULT '{}' NOT NULL,
	"requirement" text,
	"run_id" uuid,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"epic_id" uuid NOT NULL,
	CONSTRAINT "stories_org_id_id_pk" PRIMARY KEY("org_id","id"),
	CONSTRAINT "stories_epic_code" UNIQUE("org_id","epic_id","code")
);

CREATE TABLE "subtasks" (
	"org_id" text DEFAULT nullif(current_setting('app.org_id', true), '') NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"code" text NOT NULL,
	"title" text NOT NULL,
	"description" text,
	"effort" text,
	"criteria" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"depends_on" text[] DEFAULT '{}' NOT NULL,
	"requirement" text,
	"run_id" uuid,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"story_id" uuid NOT NULL,
	CONSTRAINT "subtasks_org_id_id_pk" PRIMARY KEY("org_id","id"),
	CONSTRAINT "subtasks_story_code" UNIQUE("org_id","story_id","code")
);

CREATE TABLE "versions" (
	"org_id" text DEFAULT nullif(current_setting('app.org_id', true), '') NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"project_id" uuid NOT NULL,
	"feature_id" uuid NOT NULL,
	"job_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"restored_from" text,
	"archive_sha256" text NOT NULL,
	"archive_bytes" bigint NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "versions_org_id_id_pk" PRIMARY KEY("org_id","id"),
	CONSTRAINT "versions_project_number" UNIQUE("org_id","project_id","number"),
	CONSTRAINT "versions_job" UNIQUE("org_id","job_id")
);

CREATE TABLE "workflows" (
	"org_id" text DEFAULT nullif(current_setting('app.org_id', true), '') NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"feature_id" uuid NOT NULL,
	"job_id" uuid,
	"task" text NOT NULL,
	"status" "workflow_status" DEFAULT 'pending' NOT NULL,
	"current_step" text NOT NULL,
	"artifacts" text[] DEFAULT '{}' NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "workflows_org_id_id_pk" PRIMARY KEY("org_id","id")
);

ALTER TABLE "agent_runs" ADD CONSTRAINT "agent_runs_feature_fk" FOREIGN KEY ("org_id","feature_id") REFERENCES "public"."features"("org_id","id") ON DELETE cascade;
ALTER TABLE "agent_runs" ADD CONSTRAINT "agent_runs_job_fk" FOREIGN KEY ("org_id","job_id") REFERENCES "public"."jobs"("org_id","id") ON DELETE cascade;
ALTER TABLE "agent_sessions" ADD CONSTRAINT "agent_sessions_workflow_fk" FOREIGN KEY ("org_id","workflow_id") REFERENCES "public"."workflows"("org_id","id") ON DELETE cascade;
ALTER TABLE "artifacts" ADD CONSTRAINT "artifacts_feature_fk" FOREIGN KEY ("org_id","feature_id") REFERENCES "public"."features"("org_id","id") ON DELETE cascade;
ALTER TABLE "artifacts" ADD CONSTRAINT "artifacts_job_fk" FOREIGN KEY ("org_id","job_id") REFERENCES "public"."jobs"("org_id","id") ON DELETE cascade;
ALTER TABLE "briefs" ADD CONSTRAINT "briefs_feature_fk" FOREIGN KEY ("org_id","feature_id") REFERENCES "public"."features"("org_id","id") ON DELETE cascade;
ALTER TABLE "cards" ADD CONSTRAINT "cards_project_fk" FOREIGN KEY ("org_id","project_id") REFERENCES "public"."projects"("org_id","id") ON DELETE cascade;
ALTER TABLE "chat_messages" ADD CONSTRAINT "chat_messages_feature_fk" FOREIGN KEY ("org_id","feature_id") REFERENCES "public"."features"("org_id","id") ON DELETE cascade;
ALTER TABLE "epics" ADD CONSTRAINT "epics_project_fk" FOREIGN KEY ("org_id","project_id") REFERENCES "public"."projects"("org_id","id") ON DELETE cascade;
ALTER TABLE "epics" ADD CONSTRAINT "epics_run_fk" FOREIGN KEY ("org_id","run_id") REFERENCES "public"."runs"("org_id","id") ON DELETE SET NULL ("run_id");
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_project_fk" FOREIGN KEY ("org_id","project_id") REFERENCES "public"."projects"("org_id","id") ON DELETE cascade;
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_feature_fk" FOREIGN KEY ("org_id","feature_id") REFERENCES "public"."features"("org_id","id") ON DELETE cascade;
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_job_fk" FOREIGN KEY ("org_id","job_id") REFERENCES "public"."jobs"("org_id","id") ON DELETE cascade;
ALTER TABLE "features" ADD CONSTRAINT "features_project_fk" FOREIGN KEY ("org_id","project_id") REFERENCES "public"."projects"("org_id","id") ON DELETE cascade;
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_project_fk" FOREIGN KEY ("org_id","project_id") REFERENCES "public"."projects"("org_id","id") ON DELETE cascade;
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_feature_fk" FOREIGN KEY ("org_id","feature_id") REFERENCES "public"."features"("org_id","id") ON DELETE cascade;
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_project_fk" FOREIGN KEY ("org_id","project_id") REFERENCES "public"."projects"("org_id","id") ON DELETE cascade;
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_feature_fk" FOREIGN KEY ("org_id","feature_id") REFERENCES "public"."features"("org_id","id") ON DELETE SET NULL ("feature_id");
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_job_fk" FOREIGN KEY ("org_id","job_id") REFERENCES "public"."jobs"("org_id","id") ON DELETE SET NULL ("job_id");
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_agent_run_fk" FOREIGN KEY ("org_id","agent_run_id") REFERENCES "public"."agent_runs"("org_id","id") ON DELETE SET NULL ("agent_run_id");
ALTER TABLE "plans" ADD CONSTRAINT "plans_feature_fk" FOREIGN KEY ("org_id","feature_id") REFERENCES "public"."features"("org_id","id") ON DELETE cascade;
ALTER TABLE "requirements" ADD CONSTRAINT "requirements_feature_fk" FOREIGN KEY ("org_id","feature_id") REFERENCES "public"."features"("org_id","id") ON DELETE cascade;
ALTER TABLE "run_epics" ADD CONSTRAINT "run_epics_run_fk" FOREIGN KEY ("org_id","run_id") REFERENCES "public"."runs"("org_id","id") ON DELETE cascade;
ALTER TABLE "run_epics" ADD CONSTRAINT "run_epics_epic_fk" FOREIGN KEY ("org_id","epic_id") REFERENCES "public"."epics"("org_id","id") ON DELETE cascade;
ALTER TABLE "run_stories" ADD CONSTRAINT "run_stories_run_fk" FOREIGN KEY ("org_id","run_id") REFERENCES "public"."runs"("org_id","id") ON DELETE cascade;
ALTER TABLE "run_stories" ADD CONSTRAINT "run_stories_story_fk" FOREIGN KEY ("org_id","story_id") REFERENCES "public"."stories"("org_id","id") ON DELETE cascade;
ALTER TABLE "runs" ADD CONSTRAINT "runs_project_fk" FOREIGN KEY ("org_id","project_id") REFERENCES "public"."projects"("org_id","id") ON DELETE cascade;
ALTER TABLE "specs" ADD CONSTRAINT "specs_feature_fk" FOREIGN KEY ("org_id","feature_id") REFERENCES "public"."features"("org_id","id") ON DELETE cascade;
ALTER TABLE "stories" ADD CONSTRAINT "stories_epic_fk" FOREIGN KEY ("org_id","epic_id") REFERENCES "public"."epics"("org_id","id") ON DELETE cascade;
ALTER TABLE "stories" ADD CONSTRAINT "stories_run_fk" FOREIGN KEY ("org_id","run_id") REFERENCES "public"."runs"("org_id","id") ON DELETE SET NULL ("run_id");
ALTER TABLE "subtasks" ADD CONSTRAINT "subtasks_story_fk" FOREIGN KEY ("org_id","story_id") REFERENCES "public"."stories"("org_id","id") ON DELETE cascade;
ALTER TABLE "subtasks" ADD CONSTRAINT "subtasks_run_fk" FOREIGN KEY ("org_id","run_id") REFERENCES "public"."runs"("org_id","id") ON DELETE SET NULL ("run_id");
ALTER TABLE "versions" ADD CONSTRAINT "versions_project_fk" FOREIGN KEY ("org_id","project_id") REFERENCES "public"."projects"("org_id","id") ON DELETE cascade;
ALTER TABLE "versions" ADD CONSTRAINT "versions_feature_fk" FOREIGN KEY ("org_id","feature_id") REFERENCES "public"."features"("org_id","id") ON DELETE cascade;
ALTER TABLE "versions" ADD CONSTRAINT "versions_job_fk" FOREIGN KEY ("org_id","job_id") REFERENCES "public"."jobs"("org_id","id") ON DELETE cascade;
ALTER TABLE "workflows" ADD CONSTRAINT "workflows_feature_fk" FOREIGN KEY ("org_id","feature_id") REFERENCES "public"."features"("org_id","id") ON DELETE cascade;
ALTER TABLE "workflows" ADD CONSTRAINT "workflows_job_fk" FOREIGN KEY ("org_id","job_id") REFERENCES "public"."jobs"("org_id","id") ON DELETE cascade;
CREATE INDEX "agent_runs_by_feature" ON "agent_runs" USING btree ("org_id","feature_id","created_at");
CREATE INDEX "agent_runs_by_job" ON "agent_runs" USING btree ("org_id","job_id");
CREATE INDEX "agent_sessions_by_workflow" ON "agent_sessions" USING btree ("org_id","workflow_id");
CREATE INDEX "agent_sessions_by_status" ON "agent_sessions" USING btree ("org_id","status");
CREATE INDEX "artifacts_by_job" ON "artifacts" USING btree ("org_id","job_id");
CREATE INDEX "cards_by_project" ON "cards" USING btree ("org_id","project_id","position");
CREATE INDEX "chat_messages_by_feature" ON "chat_messages" USING btree ("org_id","feature_id","created_at");
CREATE INDEX "epics_run_id_idx" ON "epics" USING btree ("org_id","run_id");
CREATE INDEX "events_by_project" ON "events" USING btree ("org_id","project_id");
CREATE INDEX "events_by_feature" ON "events" USING btree ("org_id","feature_id","id");
CREATE INDEX "events_by_job" ON "events" USING btree ("org_id","job_id","id");
CREATE INDEX "evidence_by_feature" ON "evidence" USING btree ("org_id","feature_id");
CREATE INDEX "evidence_by_job" ON "evidence" USING btree ("org_id","job_id");
CREATE INDEX "features_by_project" ON "features" USING btree ("org_id","project_id");
CREATE INDEX "features_by_status" ON "features" USING btree ("org_id","status");
CREATE INDEX "features_deleted" ON "features" USING btree ("org_id","deleted_at") WHERE deleted_at is not null;
CREATE INDEX "jobs_by_project" ON "jobs" USING btree ("org_id","project_id");
CREATE INDEX "jobs_by_feature" ON "jobs" USING btree ("org_id","feature_id","created_at");
CREATE INDEX "jobs_by_status" ON "jobs" USING btree ("org_id","status");
CREATE INDEX "ledger_entries_by_project" ON "ledger_entries" USING btree ("org_id","project_id","created_at");
CREATE INDEX "ledger_entries_by_feature" ON "ledger_entries" USING btree ("org_id","feature_id");
CREATE INDEX "ledger_entries_by_job" ON "ledger_entries" USING btree ("org_id","job_id");
CREATE INDEX "ledger_entries_by_agent_run" ON "ledger_entries" USING btree ("org_id","agent_run_id");
CREATE INDEX "run_epics_run_id_idx" ON "run_epics" USING btree ("org_id","run_id");
CREATE INDEX "run_epics_epic_id_idx" ON "run_epics" USING btree ("org_id","epic_id");
CREATE INDEX "run_stories_run_id_idx" ON "run_stories" USING btree ("org_id","run_id");
CREATE INDEX "run_stories_story_id_idx" ON "run_stories" USING btree ("org_id","story_id");
CREATE INDEX "runs_by_project" ON "runs" USING btree ("org_id","project_id","created_at");
CREATE INDEX "stories_epic_id_idx" ON "stories" USING btree ("org_id","epic_id");
CREATE INDEX "stories_run_id_idx" ON "stories" USING btree ("org_id","run_id");
CREATE INDEX "subtasks_story_id_idx" ON "subtasks" USING btree ("org_id","story_id");
CREATE INDEX "subtasks_run_id_idx" ON "subtasks" USING btree ("org_id","run_id");
CREATE INDEX "versions_by_feature" ON "versions" USING btree ("org_id","feature_id");
CREATE INDEX "workflows_by_status" ON "workflows" USING btree ("org_id","status");
CREATE INDEX "workflows_by_feature" ON "workflows" USING btree ("org_id","feature_id");
CREATE INDEX "workflows_by_job" ON "workflows" USING btree ("org_id","job_id");
