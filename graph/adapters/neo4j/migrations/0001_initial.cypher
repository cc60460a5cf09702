// The graph that people browse:
//   (:Person)-[:HAS_ACCOUNT]->(:Account)    (:Person)-[:MEMBER_OF {role}]->(:Community)    (:Form)-[:MEANS]->(:Topic)
//   (:Person)-[:WROTE]->(:Post)-[:ABOUT {strength}]->(:Topic)    (:Post)-[:IN]->(:Community)    (:Post)-[:REPLIES_TO]->(:Post)
//   (:Person)-[:INTERACTS {type, channel, community, post, at}]->(:Person)            one for each event
//   (:Person)-[:KNOWS {community, count, first, last}]->(:Topic)                      one for each community, 0: none
// Times are microseconds since 1970 UTC; (source, key) is what a source calls a thing, id its public id; `number` is
// dense and never given again, `seq` is the number of the last change. Post.author, Post.community, Post.topics and
// Post.strengths repeat what the relationships say, so that one record for each post fills the projection; `account`,
// `source` and `target` hold numbers of accounts, so that one of them can move. A post that waits has the label Waiting.

CREATE CONSTRAINT migration_id IF NOT EXISTS FOR (n:Migration) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT meta_key IF NOT EXISTS FOR (n:Meta) REQUIRE n.key IS UNIQUE;
CREATE CONSTRAINT counter_name IF NOT EXISTS FOR (n:Counter) REQUIRE n.name IS UNIQUE;
CREATE CONSTRAINT head_name IF NOT EXISTS FOR (n:Head) REQUIRE n.name IS UNIQUE;
CREATE CONSTRAINT tombstone_seq IF NOT EXISTS FOR (n:Tombstone) REQUIRE n.seq IS UNIQUE;

CREATE CONSTRAINT person_id IF NOT EXISTS FOR (n:Person) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT person_number IF NOT EXISTS FOR (n:Person) REQUIRE n.number IS UNIQUE;
CREATE INDEX person_seq IF NOT EXISTS FOR (n:Person) ON (n.seq);
CREATE CONSTRAINT account_ref IF NOT EXISTS FOR (n:Account) REQUIRE (n.source, n.key) IS UNIQUE;
CREATE CONSTRAINT account_number IF NOT EXISTS FOR (n:Account) REQUIRE n.number IS UNIQUE;
CREATE INDEX account_verified_email IF NOT EXISTS FOR (n:Account) ON (n.verified_email);

CREATE CONSTRAINT community_id IF NOT EXISTS FOR (n:Community) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT community_number IF NOT EXISTS FOR (n:Community) REQUIRE n.number IS UNIQUE;
CREATE INDEX community_visibility IF NOT EXISTS FOR (n:Community) ON (n.visibility);

CREATE CONSTRAINT topic_id IF NOT EXISTS FOR (n:Topic) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT topic_number IF NOT EXISTS FOR (n:Topic) REQUIRE n.number IS UNIQUE;
CREATE INDEX topic_seq IF NOT EXISTS FOR (n:Topic) ON (n.seq);
CREATE CONSTRAINT form_form IF NOT EXISTS FOR (n:Form) REQUIRE n.form IS UNIQUE;
CREATE CONSTRAINT knows_key IF NOT EXISTS FOR ()-[r:KNOWS]-() REQUIRE r.key IS UNIQUE;

CREATE CONSTRAINT post_id IF NOT EXISTS FOR (n:Post) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT post_number IF NOT EXISTS FOR (n:Post) REQUIRE n.number IS UNIQUE;
CREATE INDEX post_seq IF NOT EXISTS FOR (n:Post) ON (n.seq);
CREATE INDEX post_reply_to IF NOT EXISTS FOR (n:Post) ON (n.reply_to);
CREATE INDEX waiting_seq IF NOT EXISTS FOR (n:Waiting) ON (n.seq);
CREATE INDEX waiting_job IF NOT EXISTS FOR (n:Waiting) ON (n.job);

CREATE CONSTRAINT interacts_key IF NOT EXISTS FOR ()-[r:INTERACTS]-() REQUIRE r.key IS UNIQUE;
CREATE INDEX interacts_seq IF NOT EXISTS FOR ()-[r:INTERACTS]-() ON (r.seq);
CREATE INDEX interacts_origin IF NOT EXISTS FOR ()-[r:INTERACTS]-() ON (r.origin);
CREATE INDEX interacts_post IF NOT EXISTS FOR ()-[r:INTERACTS]-() ON (r.post);
CREATE CONSTRAINT event_key IF NOT EXISTS FOR (n:Event) REQUIRE n.key IS UNIQUE;
CREATE INDEX event_post IF NOT EXISTS FOR (n:Event) ON (n.post);
CREATE INDEX event_question IF NOT EXISTS FOR (n:Event) ON (n.question);

CREATE CONSTRAINT stamp_key IF NOT EXISTS FOR (n:Stamp) REQUIRE n.key IS UNIQUE;
CREATE CONSTRAINT job_id IF NOT EXISTS FOR (n:Job) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT lease_name IF NOT EXISTS FOR (n:Lease) REQUIRE n.name IS UNIQUE;
CREATE CONSTRAINT api_key_id IF NOT EXISTS FOR (n:ApiKey) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT api_key_hash IF NOT EXISTS FOR (n:ApiKey) REQUIRE n.hash IS UNIQUE;

CALL db.awaitIndexes(300);

UNWIND ['seq', 'directory', 'person', 'account', 'community', 'topic', 'post', 'interaction'] AS name
MERGE (counter:Counter {name: name}) ON CREATE SET counter.value = 0;

// What readers may trust: the numbers of the last change whose index entries are all there too (see counters.py).
MERGE (head:Head {name: 'settled'}) ON CREATE SET head.seq = 0, head.directory = 0;
