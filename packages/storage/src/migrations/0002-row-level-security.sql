-- Every table belongs to workspaces. A transaction sees one of them, the one it named in app.org_id, and none before it named one
-- ('' is what the setting falls back to on a connection that has been used before).
DO $$
DECLARE
  name text;
BEGIN
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
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
