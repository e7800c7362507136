-- The history that the three services tell, each in its own tables: the same ids, and the same activities in the order of their reception.
-- The id of a customer is that of its account, to which all activities belong. Its other member is a browser.
-- Parameters (settings of the session): grown.customers, grown.activities, grown.months.

create temp table person as
select n,
       ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid as customer_id,
       ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid as member_id,
       ('00000000-0000-7000-9000-' || lpad(to_hex(n), 12, '0'))::uuid as browser_id,
       now() - make_interval(months => current_setting('grown.months')::int) as linked_at
  from generate_series(1, current_setting('grown.customers')::int) n;

create temp table event as
select series.n,
       md5('activity ' || series.n)::uuid as activity_id,
       person.customer_id,
       person.member_id,
       case when series.n % 9 = 0 then 'order.completed' else 'product.viewed' end as name,
       since + (now() - since) * (series.n::float8 / activities) as received_at
  from (select current_setting('grown.activities')::int as activities,
               current_setting('grown.customers')::int as customers,
               now() - make_interval(months => current_setting('grown.months')::int) as since) parameters,
       generate_series(1, activities) series (n),
       person
 where person.n = 1 + abs(hashint4(series.n) % customers);

analyze person, event;
