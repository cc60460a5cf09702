-- Several topics may go by one form; what was found in texts under a form goes by it, whoever answers for it.

CREATE TABLE going_by (
  form TEXT NOT NULL,
  topic INTEGER NOT NULL REFERENCES topic,
  PRIMARY KEY (form, topic)
) WITHOUT ROWID;
INSERT INTO going_by SELECT form, topic FROM form;
INSERT OR IGNORE INTO going_by
  SELECT key, number FROM topic WHERE source = 'quisait' AND defines = '[]' AND instr(key, char(10)) = 0;

DROP TABLE form;
ALTER TABLE going_by RENAME TO form;
CREATE INDEX form_topic ON form (topic);
