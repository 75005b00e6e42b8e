-- Links that show one preview to whoever has them. A row that is gone is a link that opens nothing.
CREATE TABLE "preview_shares" (
	"org_id" text DEFAULT nullif(current_setting('app.org_id', true), '') NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"job_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"visits" integer DEFAULT 0 NOT NULL,
	"visited_at" timestamp with time zone,
	CONSTRAINT "preview_shares_org_id_id_pk" PRIMARY KEY("org_id","id"),
	CONSTRAINT "preview_shares_has_org" CHECK (org_id <> '')
);
ALTER TABLE "preview_shares" ADD CONSTRAINT "preview_shares_job_fk" FOREIGN KEY ("org_id","job_id") REFERENCES "public"."jobs"("org_id","id") ON DELETE cascade ON UPDATE no action;
CREATE INDEX "preview_shares_by_job" ON "preview_shares" USING btree ("org_id","job_id","expires_at");
ALTER TABLE "preview_shares" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "preview_shares" FORCE ROW LEVEL SECURITY;
CREATE POLICY workspace ON "preview_shares"
	USING (org_id = nullif(current_setting('app.org_id', true), ''))
	WITH CHECK (org_id = nullif(current_setting('app.org_id', true), ''));
