-- What scoring keeps of each activity, and a state and published scores for everybody, packed as by libs/services/scoring/src/store/packed-numbers.ts.
-- After ten activities of the benchmark, a customer has about 30 numbers that are not 0 of the 56 of its state, and 8 of 12 scores. So it is here, but all of
-- these numbers are 1 and 50: valid, long ago, and without meaning.
-- Reads: person, event (history.sql).

insert into scoring.activity (activity_id, member_id, name, channel, received_at, happened_at, properties, version)
select activity_id, member_id, event.name, 'web', received_at, received_at - interval '50 ms',
       '{"product_id":"p-1234","sku":"s-1234","category":"shoes","name":"Walking shoe","price":59.9,"quantity":1}', 1
  from event
 order by n;

insert into scoring.member (model_id, member_id, customer_id, revision, version, state, published)
select model_id, member_id, customer_id, 1, 1, state, published
  from person, scoring.model,
       decode('38' || 'ffffff3f000000' || repeat('000000000000f03f', 30), 'hex') state,
       decode('0c' || 'ff00' || repeat('0000000000004940', 8), 'hex') published
 where model.status = 'live'
 order by n;
