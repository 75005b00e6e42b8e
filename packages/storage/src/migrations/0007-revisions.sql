-- Revisions of specs and plans say how they came to be, plans keep all of theirs, and a message says what it is about.
ALTER TABLE "chat_messages" ADD COLUMN "about" text DEFAULT 'brief' NOT NULL;
ALTER TABLE "specs" ADD COLUMN "made" text;
ALTER TABLE "specs" ADD COLUMN "by" text DEFAULT '' NOT NULL;
ALTER TABLE "specs" ADD COLUMN "note" text DEFAULT '' NOT NULL;
ALTER TABLE "specs" ADD COLUMN "basis" jsonb;
CREATE TABLE "plan_revisions" (
	"org_id" text DEFAULT nullif(current_setting('app.org_id', true), '') NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"feature_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"plans" jsonb NOT NULL,
	"made" text,
	"by" text DEFAULT '' NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "plan_revisions_org_id_id_pk" PRIMARY KEY("org_id","id"),
	CONSTRAINT "plan_revisions_feature_revision" UNIQUE("org_id","feature_id","revision"),
	CONSTRAINT "plan_revisions_has_org" CHECK (org_id <> '')
);
ALTER TABLE "plan_revisions" ADD CONSTRAINT "plan_revisions_feature_fk" FOREIGN KEY ("org_id","feature_id") REFERENCES "public"."features"("org_id","id") ON DELETE cascade ON UPDATE no action;
-- The plans that are there are their first revision; an owner that is no superuser sees them only while its own rows are not forced away.
ALTER TABLE "plans" NO FORCE ROW LEVEL SECURITY;
INSERT INTO "plan_revisions" ("org_id", "feature_id", "revision", "plans", "created_at")
	SELECT "org_id", "feature_id", 1, jsonb_agg(jsonb_build_object('name', "name", 'title', "title", 'wave', "wave", 'source', "source") ORDER BY "wave", "name"), max("created_at")
	FROM "plans" GROUP BY "org_id", "feature_id";
ALTER TABLE "plans" FORCE ROW LEVEL SECURITY;
ALTER TABLE "plan_revisions" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "plan_revisions" FORCE ROW LEVEL SECURITY;
CREATE POLICY workspace ON "plan_revisions"
	USING (org_id = nullif(current_setting('app.org_id', true), ''))
	WITH CHECK (org_id = nullif(current_setting('app.org_id', true), ''));
