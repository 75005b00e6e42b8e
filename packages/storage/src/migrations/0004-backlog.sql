-- The backlog as it is worked with: what a person changed, what is archived, where things stand, counters that give no code twice, and
-- what a generation did. Nothing had written these tables before.
ALTER TABLE "projects" ADD COLUMN "epic_count" integer DEFAULT 0 NOT NULL;

ALTER TABLE "cards" ADD COLUMN "value" integer;
ALTER TABLE "cards" ADD COLUMN "effort" text;
ALTER TABLE "cards" ADD COLUMN "is_kept" boolean;
ALTER TABLE "cards" ADD COLUMN "reason" text DEFAULT '' NOT NULL;
ALTER TABLE "cards" ADD COLUMN "merged_into_id" uuid;
ALTER TABLE "cards" ADD COLUMN "edited_at" timestamp with time zone;

ALTER TABLE "runs" ADD COLUMN "feature_id" uuid NOT NULL;
ALTER TABLE "runs" ADD COLUMN "generation_id" uuid NOT NULL;
ALTER TABLE "runs" ADD COLUMN "maker" text NOT NULL;
ALTER TABLE "runs" ADD COLUMN "retry_count" integer DEFAULT 0 NOT NULL;
ALTER TABLE "runs" ADD COLUMN "created" integer DEFAULT 0 NOT NULL;
ALTER TABLE "runs" ADD COLUMN "updated" integer DEFAULT 0 NOT NULL;
ALTER TABLE "runs" ADD COLUMN "unchanged" integer DEFAULT 0 NOT NULL;
ALTER TABLE "runs" ADD COLUMN "kept" integer DEFAULT 0 NOT NULL;
ALTER TABLE "runs" ADD COLUMN "deleted" integer DEFAULT 0 NOT NULL;
ALTER TABLE "runs" ADD COLUMN "archived" integer DEFAULT 0 NOT NULL;
ALTER TABLE "runs" ADD CONSTRAINT "runs_feature_fk" FOREIGN KEY ("org_id","feature_id") REFERENCES "public"."features"("org_id","id") ON DELETE cascade;
ALTER TABLE "runs" ADD CONSTRAINT "runs_generation_stage" UNIQUE("org_id","generation_id","stage");
CREATE INDEX "runs_by_feature" ON "runs" USING btree ("org_id","feature_id","created_at");

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['epics', 'stories', 'subtasks'] LOOP
    EXECUTE format('ALTER TABLE public.%I ADD COLUMN "key" text DEFAULT '''' NOT NULL', name);
    EXECUTE format('ALTER TABLE public.%I ADD COLUMN "position" integer DEFAULT 0 NOT NULL', name);
    EXECUTE format('ALTER TABLE public.%I ADD COLUMN "edited_at" timestamp with time zone', name);
    EXECUTE format('ALTER TABLE public.%I ADD COLUMN "archived_at" timestamp with time zone', name);
    EXECUTE format('ALTER TABLE public.%I ALTER COLUMN "description" SET DEFAULT '''', ALTER COLUMN "description" SET NOT NULL', name);
    EXECUTE format('ALTER TABLE public.%I ALTER COLUMN "effort" SET DEFAULT ''M'', ALTER COLUMN "effort" SET NOT NULL', name);
  END LOOP;
END
$$;

ALTER TABLE "epics" ADD COLUMN "feature_id" uuid NOT NULL;
ALTER TABLE "epics" ADD COLUMN "requirements" text[] DEFAULT '{}' NOT NULL;
ALTER TABLE "epics" ADD COLUMN "story_count" integer DEFAULT 0 NOT NULL;
ALTER TABLE "epics" DROP COLUMN "requirement";
ALTER TABLE "epics" ADD CONSTRAINT "epics_feature_fk" FOREIGN KEY ("org_id","feature_id") REFERENCES "public"."features"("org_id","id") ON DELETE cascade;
CREATE INDEX "epics_by_feature" ON "epics" USING btree ("org_id","feature_id","position");

ALTER TABLE "stories" ADD COLUMN "started_at" timestamp with time zone;
ALTER TABLE "stories" ADD COLUMN "home_epic_id" uuid;
ALTER TABLE "stories" ADD COLUMN "subtask_count" integer DEFAULT 0 NOT NULL;
ALTER TABLE "stories" ALTER COLUMN "requirement" SET DEFAULT '', ALTER COLUMN "requirement" SET NOT NULL;
ALTER TABLE "stories" ADD CONSTRAINT "stories_home_epic_fk" FOREIGN KEY ("org_id","home_epic_id") REFERENCES "public"."epics"("org_id","id") ON DELETE SET NULL ("home_epic_id");
CREATE INDEX "stories_home_epic_id_idx" ON "stories" USING btree ("org_id","home_epic_id");

ALTER TABLE "subtasks" ADD COLUMN "started_at" timestamp with time zone;
ALTER TABLE "subtasks" ADD COLUMN "home_story_id" uuid;
ALTER TABLE "subtasks" DROP COLUMN "requirement";
ALTER TABLE "subtasks" ADD CONSTRAINT "subtasks_home_story_fk" FOREIGN KEY ("org_id","home_story_id") REFERENCES "public"."stories"("org_id","id") ON DELETE SET NULL ("home_story_id");
CREATE INDEX "subtasks_home_story_id_idx" ON "subtasks" USING btree ("org_id","home_story_id");

ALTER TABLE "run_epics" ADD COLUMN "stories_updated" integer DEFAULT 0 NOT NULL;
ALTER TABLE "run_epics" ADD COLUMN "stories_unchanged" integer DEFAULT 0 NOT NULL;
ALTER TABLE "run_epics" ADD COLUMN "stories_kept" integer DEFAULT 0 NOT NULL;
ALTER TABLE "run_epics" ADD COLUMN "stories_archived" integer DEFAULT 0 NOT NULL;
ALTER TABLE "run_stories" ADD COLUMN "subtasks_updated" integer DEFAULT 0 NOT NULL;
ALTER TABLE "run_stories" ADD COLUMN "subtasks_unchanged" integer DEFAULT 0 NOT NULL;
ALTER TABLE "run_stories" ADD COLUMN "subtasks_kept" integer DEFAULT 0 NOT NULL;
ALTER TABLE "run_stories" ADD COLUMN "subtasks_archived" integer DEFAULT 0 NOT NULL;
