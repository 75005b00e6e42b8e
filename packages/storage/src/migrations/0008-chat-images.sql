-- Pictures of a message: what they are; their bytes are in the object store.
ALTER TABLE "chat_messages" ADD COLUMN "images" jsonb DEFAULT '[]'::jsonb NOT NULL;
