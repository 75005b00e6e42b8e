-- What a prototype session needs beside the columns it began with. Nothing wrote these tables before, so no row lacks a value.
ALTER TABLE "prototype_sessions"
	ADD COLUMN "run_id" uuid NOT NULL,
	ADD COLUMN "code_path" text,
	ADD COLUMN "other_files" jsonb DEFAULT '[]'::jsonb NOT NULL,
	ADD COLUMN "report" jsonb,
	ADD COLUMN "error_message" text,
	ADD COLUMN "retry_at" timestamp with time zone,
	ADD COLUMN "revision" integer DEFAULT 0 NOT NULL,
	ADD COLUMN "is_edited" boolean DEFAULT false NOT NULL,
	ADD CONSTRAINT "prototype_sessions_run" UNIQUE("org_id","run_id");
ALTER TABLE "figma_tokens"
	ADD COLUMN "kind" text NOT NULL,
	ADD COLUMN "handle" text NOT NULL,
	ADD COLUMN "retry_at" timestamp with time zone;
