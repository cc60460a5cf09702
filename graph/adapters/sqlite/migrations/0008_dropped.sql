-- How many notices went, because the receiver that they waited for was disabled for long.

ALTER TABLE receiver ADD COLUMN dropped INTEGER NOT NULL DEFAULT 0;
