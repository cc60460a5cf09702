-- What the event of a question says beside who asked whom. Its people are accounts, so that each can move to another person.

ALTER TABLE account ADD COLUMN most_questions INTEGER;

CREATE TABLE question (
  event TEXT PRIMARY KEY REFERENCES event ON DELETE CASCADE,
  source TEXT NOT NULL,
  key TEXT NOT NULL,
  asker INTEGER NOT NULL REFERENCES account,
  asked INTEGER NOT NULL REFERENCES account,
  at INTEGER NOT NULL,
  text TEXT,
  topics TEXT NOT NULL,
  outcome TEXT, -- NULL: open
  redirected_to INTEGER REFERENCES account,
  closed_at INTEGER,
  closed_by TEXT
) WITHOUT ROWID;
CREATE INDEX question_asker ON question (asker, at);
CREATE INDEX question_asked ON question (asked, at);
CREATE INDEX question_redirected_to ON question (redirected_to, at) WHERE redirected_to IS NOT NULL;

CREATE VIEW said (key, type, at, actor, target, people, post, question, community, channel, minutes,
    asked_source, asked_key, text, topics, outcome, redirected_to, closed_at, closed_by) AS
  SELECT event.key, event.type, event.at, event.actor, event.target, event.people, event.post, event.question,
    event.community, event.channel, event.minutes,
    asked.source, asked.key, asked.text, asked.topics, asked.outcome, json_array(other.source, other.key),
    asked.closed_at, asked.closed_by
  FROM event LEFT JOIN question AS asked ON asked.event = event.key
  LEFT JOIN account AS other ON other.number = asked.redirected_to;
