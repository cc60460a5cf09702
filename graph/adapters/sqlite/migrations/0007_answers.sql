-- What the one asked says with an answer, to whoever is shown that answer.

ALTER TABLE question ADD COLUMN closed_with TEXT;

DROP VIEW said;
CREATE VIEW said (key, type, at, actor, target, people, post, question, community, channel, minutes,
    asked_source, asked_key, text, topics, outcome, redirected_to, closed_at, closed_by, introduce_to, closed_with) AS
  SELECT event.key, event.type, event.at, event.actor, event.target, event.people, event.post, event.question,
    event.community, event.channel, event.minutes,
    asked.source, asked.key, asked.text, asked.topics, asked.outcome, json_array(other.source, other.key),
    asked.closed_at, asked.closed_by, json_array(wanted.source, wanted.key), asked.closed_with
  FROM event LEFT JOIN question AS asked ON asked.event = event.key
  LEFT JOIN account AS other ON other.number = asked.redirected_to
  LEFT JOIN account AS wanted ON wanted.number = asked.introduce_to;
