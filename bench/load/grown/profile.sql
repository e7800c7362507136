-- All customers with a user id and a device, named as in bench/load/events.ts, their timeline, and its ids.
-- Reads: person, event (history.sql).

insert into profile.customer (customer_id)
select customer_id from person order by n;

insert into profile.member (member_id, customer_id)
select member_id, customer_id from person order by n;

insert into profile.identifier (kind, value, member_id, customer_id)
select kind, prefix || n, member_id, customer_id
  from person, (values ('user_id', 'customer-'), ('anonymous_id', 'visitor-')) kinds (kind, prefix)
 order by n;

insert into profile.activity (activity_id, member_id, source, message_id, name, channel, occurred_at, received_at, properties)
select activity_id,
       member_id,
       '0199c0de-0000-7000-8000-000000000001',
       md5('message ' || n)::uuid::text,
       name,
       'web',
       received_at - interval '50 ms',
       received_at,
       json_build_object('product_id', 'p-' || n % 2000, 'sku', 'SKU-' || 100000 + n % 2000, 'category', 'Dresses', 'price', 49.9,
                         'currency', 'EUR', 'position', n % 48, 'url', 'https://shop.example/products/p-' || n % 2000)
  from event
 order by n;

insert into profile.seen (activity_id, member_id, occurred_at, received_at, content_hash)
select activity_id, member_id, received_at - interval '50 ms', received_at, hashtext('content ' || n)
  from event
 order by n;
