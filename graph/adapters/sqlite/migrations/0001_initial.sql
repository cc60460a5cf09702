-- Times are microseconds since 1970 UTC, lists are JSON, (source, key) is what a source calls a thing, id its public id.
-- `number` is dense and never given again; `seq` is the number of the last change and puts the row into the change feed.

CREATE TABLE meta (key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;

CREATE TABLE sequence (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO sequence VALUES
  ('seq', 0), ('directory', 0), ('person', 0), ('community', 0), ('topic', 0), ('post', 0), ('interaction', 0);

CREATE TABLE tombstone (seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, number INTEGER NOT NULL);

CREATE TABLE person (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, seq INTEGER NOT NULL UNIQUE);

CREATE TABLE account (
  number INTEGER PRIMARY KEY,
  source TEXT NOT NULL,
  key TEXT NOT NULL,
  person INTEGER NOT NULL REFERENCES person,
  is_pinned INTEGER NOT NULL,
  name TEXT,
  email TEXT,
  is_email_verified INTEGER NOT NULL,
  department TEXT,
  site TEXT,
  level TEXT,
  languages TEXT NOT NULL,
  is_active INTEGER NOT NULL,
  is_bot INTEGER NOT NULL,
  away_until TEXT,
  verified_email TEXT, -- in lower case, of verified ones only
  seen INTEGER, -- the seq it was put with, of recorded ones only: its person shows the latest
  UNIQUE (source, key)
);
CREATE INDEX account_person ON account (person, seen);
CREATE INDEX account_verified_email ON account (verified_email) WHERE verified_email IS NOT NULL;

CREATE TABLE community (
  number INTEGER PRIMARY KEY, -- from 1: a community of 0 means none
  id TEXT NOT NULL UNIQUE,
  source TEXT NOT NULL,
  key TEXT NOT NULL,
  name TEXT,
  kind TEXT NOT NULL,
  visibility TEXT NOT NULL,
  purpose TEXT,
  charter TEXT,
  parent TEXT,
  is_archived INTEGER NOT NULL
);

CREATE TABLE member (
  community INTEGER NOT NULL REFERENCES community,
  account INTEGER NOT NULL REFERENCES account,
  role TEXT NOT NULL,
  PRIMARY KEY (community, account)
) WITHOUT ROWID;
CREATE INDEX member_account ON member (account);

CREATE TABLE topic (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  seq INTEGER NOT NULL UNIQUE,
  source TEXT NOT NULL,
  key TEXT NOT NULL,
  label_fr TEXT,
  label_en TEXT,
  alt_labels TEXT NOT NULL,
  broader TEXT,
  related TEXT NOT NULL,
  uri TEXT,
  kind TEXT NOT NULL,
  merged_into TEXT
);

CREATE TABLE form (form TEXT PRIMARY KEY, topic INTEGER NOT NULL REFERENCES topic) WITHOUT ROWID;
CREATE INDEX form_topic ON form (topic);

CREATE TABLE post (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  seq INTEGER NOT NULL UNIQUE,
  source TEXT NOT NULL,
  key TEXT NOT NULL,
  author INTEGER NOT NULL REFERENCES account,
  community INTEGER NOT NULL,
  at INTEGER NOT NULL,
  edited_at INTEGER,
  thread INTEGER,
  reply_to TEXT,
  kind TEXT,
  format TEXT NOT NULL,
  language TEXT,
  addressed TEXT NOT NULL,
  url TEXT,
  job TEXT NOT NULL, -- the last one it came with
  indexed TEXT, -- the extractor's version, NULL: waits
  title TEXT,
  text TEXT NOT NULL
);
CREATE INDEX post_author ON post (author, at);
CREATE INDEX post_thread ON post (thread) WHERE thread IS NOT NULL;
CREATE INDEX post_reply_to ON post (reply_to) WHERE reply_to IS NOT NULL;
CREATE INDEX post_waiting ON post (seq) WHERE indexed IS NULL;
CREATE INDEX post_job ON post (job) WHERE indexed IS NULL;

CREATE TABLE mention (
  post INTEGER NOT NULL REFERENCES post ON DELETE CASCADE,
  topic INTEGER NOT NULL,
  strength REAL NOT NULL,
  PRIMARY KEY (post, topic)
) WITHOUT ROWID;

CREATE TABLE interaction (
  number INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  seq INTEGER NOT NULL UNIQUE,
  origin TEXT NOT NULL, -- the key of an event or the id of a post
  type TEXT NOT NULL,
  source INTEGER NOT NULL REFERENCES account,
  target INTEGER NOT NULL REFERENCES account,
  at INTEGER NOT NULL,
  channel TEXT NOT NULL,
  community INTEGER NOT NULL,
  post INTEGER REFERENCES post,
  minutes INTEGER
);
CREATE INDEX interaction_origin ON interaction (origin);
CREATE INDEX interaction_source ON interaction (source);
CREATE INDEX interaction_target ON interaction (target);
CREATE INDEX interaction_post ON interaction (post) WHERE post IS NOT NULL;

CREATE TABLE event (
  key TEXT PRIMARY KEY,
  type TEXT NOT NULL,
  at INTEGER NOT NULL,
  actor TEXT,
  target TEXT,
  people TEXT NOT NULL,
  post TEXT,
  question TEXT,
  community TEXT,
  channel TEXT NOT NULL,
  minutes INTEGER
) WITHOUT ROWID;
CREATE INDEX event_post ON event (post) WHERE post IS NOT NULL;
CREATE INDEX event_question ON event (question) WHERE question IS NOT NULL;

CREATE TABLE stamp (
  key TEXT PRIMARY KEY,
  digest TEXT NOT NULL,
  version INTEGER NOT NULL,
  is_retracted INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE job (
  id TEXT PRIMARY KEY,
  created_at INTEGER NOT NULL,
  received INTEGER NOT NULL,
  outcomes TEXT NOT NULL,
  problems TEXT NOT NULL,
  posts INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE lease (name TEXT PRIMARY KEY, holder TEXT NOT NULL, expires_at INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE api_key (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE,
  scopes TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  person TEXT,
  expires_at INTEGER,
  revoked_at INTEGER
) WITHOUT ROWID;

CREATE VIEW knows (person, topic, community, count, first, last) AS
  SELECT account.person, mention.topic, post.community, count(*), min(post.at), max(post.at)
  FROM account JOIN post ON post.author = account.number JOIN mention ON mention.post = post.number
  GROUP BY account.person, mention.topic, post.community;
