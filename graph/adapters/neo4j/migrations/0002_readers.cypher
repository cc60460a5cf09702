// What read a post stands in Post.indexed: "tier name version"; in Post.read the seq it was indexed with, which it keeps
// when its author's account moves. Whatever was read up to the counter `forgotten` is outdated. A post on which its
// pipeline failed has the label Degraded.

CREATE INDEX degraded_job IF NOT EXISTS FOR (n:Degraded) ON (n.job);

MERGE (counter:Counter {name: 'forgotten'}) ON CREATE SET counter.value = 0;
