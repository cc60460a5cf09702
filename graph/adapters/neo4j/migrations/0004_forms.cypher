// Several topics may go by one form; what was found in texts under a form goes by it, whoever answers for it.

MATCH (topic:Topic {source: 'quisait'})
WHERE NOT topic.key CONTAINS '\n' AND NOT EXISTS { (topic)<-[:MEANS]-(:Form) }
MERGE (form:Form {form: topic.key})
CREATE (form)-[:MEANS]->(topic);
