CREATE TRIGGER log_keeps_entries BEFORE UPDATE ON log BEGIN SELECT RAISE(ABORT, 'the access log cannot be changed'); END;
CREATE TRIGGER log_loses_nothing BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, 'the access log cannot be deleted'); END;
CREATE TRIGGER log_person_keeps BEFORE UPDATE ON log_person BEGIN SELECT RAISE(ABORT, 'the access log cannot be changed'); END;
CREATE TRIGGER log_person_loses_nothing BEFORE DELETE ON log_person BEGIN SELECT RAISE(ABORT, 'the access log cannot be deleted'); END;
