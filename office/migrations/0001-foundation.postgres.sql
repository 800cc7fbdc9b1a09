CREATE FUNCTION log_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the access log cannot be changed or deleted';
END $$;
CREATE TRIGGER log_is_kept BEFORE UPDATE OR DELETE ON log FOR EACH ROW EXECUTE FUNCTION log_is_kept();
CREATE TRIGGER log_person_is_kept BEFORE UPDATE OR DELETE ON log_person FOR EACH ROW EXECUTE FUNCTION log_is_kept();
CREATE TRIGGER log_is_not_emptied BEFORE TRUNCATE ON log FOR EACH STATEMENT EXECUTE FUNCTION log_is_kept();
CREATE TRIGGER log_person_is_not_emptied BEFORE TRUNCATE ON log_person FOR EACH STATEMENT EXECUTE FUNCTION log_is_kept();
