-- A decision for every order: one activity in nine. Its candidates are as long as real ones.
-- Reads: person, event (history.sql).

insert into offers.member (member_id, customer_id)
select member_id, customer_id from person order by n;

insert into offers.decision (decision_id, member_id, result, cause, candidates, reasons, policy_version, decided_at, nth)
select md5('decision ' || n)::uuid,
       member_id,
       'no-deal',
       json_build_object('activityId', activity_id, 'name', name, 'channel', 'web', 'timestamp', received_at),
       candidates,
       '["first-look-invitation: consent to offers is unknown; consent to personalisation is unknown"]',
       1,
       received_at + interval '100 ms',
       0
  from event,
       (select json_build_array(json_build_object('template', 'first-look-invitation', 'version', 1, 'chosen', false, 'gates', json_agg(
                 json_build_object('gate', gate, 'passed', gate <> 'consent', 'reason',
                                   'a sentence about ' || gate || ' that is about as long as the usual one of a gate')))) as candidates
          from unnest(array['trigger', 'channel', 'audience', 'freshness', 'consent', 'quiet hours', 'contact budget', 'template cap',
                            'difficulty', 'open apology', 'win/win', 'holdout']) gate) gates
 where name = 'order.completed'
 order by n;

insert into offers.total (partition, decisions, offers)
select 0, count(*), 0 from event where name = 'order.completed';
