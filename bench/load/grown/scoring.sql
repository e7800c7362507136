-- The evidence of three activities in four, and a state and published scores for everybody. They are valid, but say nothing:
-- a state of 56 zeros (libs/domain/engagement/src/state/layout.ts), and 12 scores that are unknown (NaN).
-- Reads: person, event (history.sql).

insert into scoring.evidence (model_id, activity_id, member_id, name, channel, received_at, happened_at, signals, version)
select model_id, activity_id, member_id, event.name, 'web', received_at, received_at - interval '50 ms', '[["relevance",0.05,0.6]]', 1
  from event, scoring.model
 where model.status = 'live' and n % 4 <> 0
 order by n;

insert into scoring.member (model_id, member_id, customer_id, revision, version, state, published)
select model_id, member_id, customer_id, 1, 1, decode(repeat('00', 8 * 56), 'hex'), decode(repeat('000000000000f87f', 12), 'hex')
  from person, scoring.model
 where model.status = 'live'
 order by n;
