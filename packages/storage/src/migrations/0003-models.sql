-- Models at work: the owner's settings, a ledger row per HTTP attempt (nothing had written the first ledger yet, so it is made anew),
-- and every finished exchange, so that a run goes on after a kill without paying for it again.
CREATE TYPE "public"."model_role" AS ENUM('analyst', 'writer', 'planner', 'coder', 'reviewer');
CREATE TYPE "public"."attempt_result" AS ENUM('reply', 'aborted', 'http', 'cut', 'truncated', 'stall', 'unreachable', 'key-refused', 'credit-empty', 'request-refused');

ALTER TABLE "secrets" ADD COLUMN "base_url" text;

CREATE TABLE "model_settings" (
	"org_id" text DEFAULT nullif(current_setting('app.org_id', true), '') NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"settings" jsonb NOT NULL,
	"revision" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "model_settings_org_id_id_pk" PRIMARY KEY("org_id","id"),
	CONSTRAINT "model_settings_one" UNIQUE("org_id")
);

DROP TABLE "ledger_entries";
CREATE TABLE "ledger_entries" (
	"org_id" text DEFAULT nullif(current_setting('app.org_id', true), '') NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"project_id" uuid NOT NULL,
	"feature_id" uuid,
	"run_id" text NOT NULL,
	"key" text NOT NULL,
	"agent" text NOT NULL,
	"role" "model_role",
	"provider" text NOT NULL,
	"model" text NOT NULL,
	"retry_of" uuid,
	"tokens_max" integer NOT NULL,
	"micros_max" bigint,
	"input_tokens" integer DEFAULT 0 NOT NULL,
	"cached_tokens" integer DEFAULT 0 NOT NULL,
	"cache_write_tokens" integer DEFAULT 0 NOT NULL,
	"output_tokens" integer DEFAULT 0 NOT NULL,
	"is_estimated" boolean DEFAULT false NOT NULL,
	"micros" bigint,
	"first_token_ms" integer,
	"duration_ms" integer,
	"result" "attempt_result",
	"outcome" "ledger_outcome",
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"settled_at" timestamp with time zone,
	CONSTRAINT "ledger_entries_org_id_id_pk" PRIMARY KEY("org_id","id")
);
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_project_fk" FOREIGN KEY ("org_id","project_id") REFERENCES "public"."projects"("org_id","id") ON DELETE cascade;
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_feature_fk" FOREIGN KEY ("org_id","feature_id") REFERENCES "public"."features"("org_id","id") ON DELETE SET NULL ("feature_id");
CREATE INDEX "ledger_entries_by_project" ON "ledger_entries" USING btree ("org_id","project_id","created_at");
CREATE INDEX "ledger_entries_by_feature" ON "ledger_entries" USING btree ("org_id","feature_id","created_at");
CREATE INDEX "ledger_entries_by_run" ON "ledger_entries" USING btree ("org_id","run_id","key");
CREATE INDEX "ledger_entries_by_agent" ON "ledger_entries" USING btree ("org_id","agent","created_at");

CREATE TABLE "model_exchanges" (
	"org_id" text DEFAULT nullif(current_setting('app.org_id', true), '') NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"project_id" uuid NOT NULL,
	"feature_id" uuid,
	"run_id" text NOT NULL,
	"key" text NOT NULL,
	"exchange" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "model_exchanges_org_id_id_pk" PRIMARY KEY("org_id","id"),
	CONSTRAINT "model_exchanges_key" UNIQUE("org_id","run_id","key")
);
ALTER TABLE "model_exchanges" ADD CONSTRAINT "model_exchanges_project_fk" FOREIGN KEY ("org_id","project_id") REFERENCES "public"."projects"("org_id","id") ON DELETE cascade;
ALTER TABLE "model_exchanges" ADD CONSTRAINT "model_exchanges_feature_fk" FOREIGN KEY ("org_id","feature_id") REFERENCES "public"."features"("org_id","id") ON DELETE cascade;
CREATE INDEX "model_exchanges_by_project" ON "model_exchanges" USING btree ("org_id","project_id");
CREATE INDEX "model_exchanges_by_feature" ON "model_exchanges" USING btree ("org_id","feature_id");

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['model_settings', 'ledger_entries', 'model_exchanges'] LOOP
    EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE public.%I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE public.%I ADD CONSTRAINT %I CHECK (org_id <> '''')', name, name || '_has_org');
    EXECUTE format(
      'CREATE POLICY workspace ON public.%I
         USING (org_id = nullif(current_setting(''app.org_id'', true), ''''))
         WITH CHECK (org_id = nullif(current_setting(''app.org_id'', true), ''''))',
      name
    );
  END LOOP;
END
$$;
