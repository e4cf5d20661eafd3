-- Facts about the file itself: its id, the number of its present opening, the last key handed out.
CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;

-- One row per orchestration instance; touched when its state changes, not at every turn.
CREATE TABLE instances (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  version TEXT,
  status INTEGER NOT NULL,
  generation INTEGER NOT NULL,
  created INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  ended INTEGER,
  start_at INTEGER,
  parent_id TEXT,
  parent_key INTEGER,
  parent_generation INTEGER,
  parent_task INTEGER,
  reason TEXT,
  custom_status BLOB,
  input BLOB,
  output BLOB,
  seal INTEGER NOT NULL);
CREATE INDEX instances_by_parent ON instances (parent_key) WHERE parent_key IS NOT NULL;
CREATE INDEX instances_by_status ON instances (status);
CREATE INDEX instances_by_end ON instances (ended) WHERE ended IS NOT NULL;

-- What each turn consumed and did, append-only within a generation; chain is a hash over this turn and all before it.
CREATE TABLE history (
  seq INTEGER PRIMARY KEY,
  key INTEGER NOT NULL,
  turn INTEGER NOT NULL,
  at INTEGER NOT NULL,
  data BLOB NOT NULL,
  chain BLOB NOT NULL);
CREATE UNIQUE INDEX history_by_turn ON history (key, turn);

-- Messages that wait for an instance: from other instances, or held while it is suspended, blocked or not started.
CREATE TABLE inbox (seq INTEGER PRIMARY KEY, key INTEGER NOT NULL, data BLOB NOT NULL, seal INTEGER NOT NULL);
CREATE INDEX inbox_by_key ON inbox (key, seq);

-- Event ids an instance has taken, so that a second raise does nothing.
CREATE TABLE event_ids (key INTEGER NOT NULL, event_id TEXT NOT NULL, PRIMARY KEY (key, event_id)) WITHOUT ROWID;

-- Open durable timers by due time; task 0 is a scheduled start.
CREATE TABLE timers (
  due INTEGER NOT NULL,
  key INTEGER NOT NULL,
  task INTEGER NOT NULL,
  generation INTEGER NOT NULL,
  PRIMARY KEY (due, key, task)) WITHOUT ROWID;

-- Instances that may have something to do right after a start of the process.
CREATE TABLE working (key INTEGER PRIMARY KEY);

-- How often a step was started again after a stop, and how often of these the process had died while it ran.
CREATE TABLE restarts (
  key INTEGER NOT NULL,
  generation INTEGER NOT NULL,
  task INTEGER NOT NULL,
  starts INTEGER NOT NULL,
  crashes INTEGER NOT NULL,
  PRIMARY KEY (key, generation, task)) WITHOUT ROWID;

-- Business rows, in the model of Table Storage; version becomes the ETag.
CREATE TABLE rows (
  tbl TEXT NOT NULL,
  pk TEXT NOT NULL,
  rk TEXT NOT NULL,
  version INTEGER NOT NULL,
  at INTEGER NOT NULL,
  properties BLOB NOT NULL,
  seal INTEGER NOT NULL,
  PRIMARY KEY (tbl, pk, rk)) WITHOUT ROWID;

-- Of partitions whose rows must neither vanish nor come back: how many there are, and the sum of their seals.
CREATE TABLE digests (
  tbl TEXT NOT NULL,
  pk TEXT NOT NULL,
  count INTEGER NOT NULL,
  digest INTEGER NOT NULL,
  PRIMARY KEY (tbl, pk)) WITHOUT ROWID;

-- Mails and what became of them; taken marks one that is being delivered.
CREATE TABLE mails (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  status INTEGER NOT NULL,
  taken INTEGER NOT NULL DEFAULT 0,
  due INTEGER NOT NULL,
  enqueued INTEGER NOT NULL,
  sent INTEGER,
  attempts INTEGER NOT NULL DEFAULT 0,
  kind TEXT NOT NULL,
  about TEXT NOT NULL,
  error TEXT,
  mail BLOB NOT NULL,
  seal INTEGER NOT NULL);
CREATE INDEX mails_by_due ON mails (due, seq) WHERE status = 0 AND taken = 0;
CREATE INDEX mails_by_status ON mails (status, seq) WHERE status <> 1;
CREATE INDEX mails_by_about ON mails (about, seq) WHERE about <> '';
