-- What scoring keeps of each activity, under which matters it is found, and a state and published scores for everybody.
-- Each activity tells about one matter that counts once: an order by its id, views by the ten minutes in which they were (`retail-2`).
-- After ten activities of the benchmark, a customer has about 30 numbers that are not 0 of the 100 of its state, and 8 of 12 scores. So it is here; all
-- customers have the same state, of the day before.
-- Reads: person, event (history.sql).

insert into scoring.activity (activity_id, member_id, name, channel, received_at, happened_at, properties, version)
select activity_id, member_id, event.name, 'web', received_at, received_at - interval '50 ms',
       case name when 'order.completed' then ('{"order_id":"o-' || n || '","total":131.83,"products":{"count":2}}')::json
                 else '{"product_id":"p-1234","sku":"s-1234","category":"shoes","name":"Walking shoe","price":59.9,"quantity":1}' end,
       1
  from event
 order by n;

insert into scoring.matter (member_id, key, model_id, activity_id, received_at, happened_at)
select distinct on (member_id, key) member_id, key, model_id, activity_id, received_at, received_at - interval '50 ms'
  from (select event.*,
               case name when 'order.completed' then 'order.completed/order_id:o-' || n
                         else 'looking around:@' || floor(extract(epoch from received_at - interval '50 ms') / 600)::bigint end as key
          from event) told,
       scoring.model
 where model.status = 'live'
 order by member_id, key, received_at;

-- As by libs/services/scoring/src/store/packed-numbers.ts: the count, a bit for each number, and those that are not blank as floats, little-endian.
create function pg_temp.packed(numbers float8[], blank float8) returns bytea language plpgsql as $$
declare
  size constant int := cardinality(numbers);
  bitmap bytea := decode(repeat('00', (size + 7) / 8), 'hex');
  floats bytea := '';
begin
  for i in 1 .. size loop
    if numbers[i] is distinct from blank then
      bitmap := set_bit(bitmap, i - 1, 1);
      floats := floats || reverse(float8send(numbers[i]));
    end if;
  end loop;
  return set_byte('\x00', 0, size) || bitmap || floats;
end $$;

-- The numbers as in libs/domain/engagement/src/state/layout.ts.
with instant as (select floor(extract(epoch from now() - interval '1 day') * 1000)::float8 as at),
     state as (select pg_temp.packed(
       array[at, 0, 2, 1, 0, 4, 0, 3, 2, 0, 0, 0, 1, 1, at, at, 0, 0]
         || array[0, 0, 1.5, 1, 2, 1.8, 0, 0, 2, 1.5, 0, 0, 3, 2.2, 2, 1.5, 0, 0, 0, 0, 0, 0]::float8[]
         || array[0, 0, 1.5, 1, 2, 1.8, 0, 0, 2, 1.5, 0, 0, 3, 2.2, 2, 1.5, 0, 0, 0, 0, 0, 0]::float8[]
         || array_fill(0::float8, array[38]), 0) as state from instant),
     published as (select pg_temp.packed(array['NaN', 'NaN', 50, 50, 50, 50, 50, 50, 50, 50, 'NaN', 'NaN']::float8[], 'NaN') as published)
insert into scoring.member (model_id, member_id, customer_id, revision, version, state, published)
select model_id, member_id, customer_id, 1, 1, state, published
  from person, scoring.model, state, published
 where model.status = 'live'
 order by n;
