-- Who receives webhooks, and what waits to be sent to them, in the order of `number`; people by their public ids.

CREATE TABLE receiver (
  id TEXT PRIMARY KEY,
  url TEXT NOT NULL,
  events TEXT NOT NULL,
  secret TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  sent INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  failures INTEGER NOT NULL,
  failing_since INTEGER,
  sent_at INTEGER,
  failed_at INTEGER,
  reason TEXT,
  retry_at INTEGER,
  disabled_at INTEGER
) WITHOUT ROWID;

CREATE TABLE notice (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  receiver TEXT NOT NULL REFERENCES receiver ON DELETE CASCADE,
  type TEXT NOT NULL,
  at INTEGER NOT NULL,
  about TEXT NOT NULL,
  tell TEXT NOT NULL
);
CREATE INDEX notice_receiver ON notice (receiver, number);
