-- To whom the asker of a question wants to be introduced: they are no people of it until it is redirected to them.

ALTER TABLE question ADD COLUMN introduce_to INTEGER REFERENCES account;

DROP VIEW said;
CREATE VIEW said (key, type, at, actor, target, people, post, question, community, channel, minutes,
    asked_source, asked_key, text, topics, outcome, redirected_to, closed_at, closed_by, introduce_to) AS
  SELECT event.key, event.type, event.at, event.actor, event.target, event.people, event.post, event.question,
    event.community, event.channel, event.minutes,
    asked.source, asked.key, asked.text, asked.topics, asked.outcome, json_array(other.source, other.key),
    asked.closed_at, asked.closed_by, json_array(wanted.source, wanted.key)
  FROM event LEFT JOIN question AS asked ON asked.event = event.key
  LEFT JOIN account AS other ON other.number = asked.redirected_to
  LEFT JOIN account AS wanted ON wanted.number = asked.introduce_to;
