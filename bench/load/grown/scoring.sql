-- The evidence of three activities in four, and a state and published scores for everybody, packed as by libs/services/scoring/src/store/packed-numbers.ts.
-- After ten activities of the benchmark, a customer has about 30 numbers that are not 0 of the 56 of its state, and 8 of 12 scores. So it is here, but all of
-- these numbers are 1 and 50: valid, long ago, and without meaning.
-- Reads: person, event (history.sql).

insert into scoring.evidence (model_id, activity_id, member_id, name, channel, received_at, happened_at, signals, version)
select model_id, activity_id, member_id, event.name, 'web', received_at, received_at - interval '50 ms', '[["relevance",0.05,0.6]]', 1
  from event, scoring.model
 where model.status = 'live' and n % 4 <> 0
 order by n;

insert into scoring.member (model_id, member_id, customer_id, revision, version, state, published)
select model_id, member_id, customer_id, 1, 1, state, published
  from person, scoring.model,
       decode('38' || 'ffffff3f000000' || repeat('000000000000f03f', 30), 'hex') state,
       decode('0c' || 'ff00' || repeat('0000000000004940', 8), 'hex') published
 where model.status = 'live'
 order by n;
