-- What became of asking a model for better names of a prototype; models that work for no project: all of that counts together.
ALTER TABLE "prototype_sessions" ADD COLUMN "refinement" jsonb;
ALTER TABLE "ledger_entries" ALTER COLUMN "project_id" DROP NOT NULL;
ALTER TABLE "model_exchanges" ALTER COLUMN "project_id" DROP NOT NULL;
