// (:Notice)-[:WAITS_FOR]->(:Receiver)    what is to be sent to whom, in the order of `number`; people by public id.

CREATE CONSTRAINT receiver_id IF NOT EXISTS FOR (n:Receiver) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT notice_id IF NOT EXISTS FOR (n:Notice) REQUIRE n.id IS UNIQUE;

MERGE (counter:Counter {name: 'notice'}) ON CREATE SET counter.value = 0;
