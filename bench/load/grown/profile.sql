-- All customers with an account and a browser, named as in bench/load/events.ts, what links the two, their timeline, and its ids.
-- Reads: person, event (history.sql).

insert into profile.member (member_id, customer_id, kind, value, is_confirmed)
select member_id, customer_id, 'user_id', 'customer-' || n, true
  from person order by n;

insert into profile.member (member_id, customer_id, kind, value, first_partner, first_linked_at, is_confirmed)
select browser_id, customer_id, 'anonymous_id', 'visitor-' || n, member_id, linked_at, true
  from person order by n;

insert into profile.link (link_id, member_a, member_b, rule, at)
select md5('link ' || n)::uuid, member_id, browser_id, 'same-activity', linked_at
  from person order by n;

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
