/** The attributes that we read of a CloudEvent 1.0 in structured mode. Extension attributes are on the same level. */
export const cloudEventSchema = {
  type: 'object',
  required: ['specversion', 'id', 'source', 'type'],
  properties: {
    specversion: { const: '1.0' },
    id: { type: 'string', minLength: 1 },
    source: { type: 'string', minLength: 1 },
    type: { type: 'string', minLength: 1 },
    time: { type: 'string', format: 'date-time' },
    subject: { type: 'string', description: 'The person who acted, if it is an identifier such as `user_id:ada`.' },
    data: { type: 'object' },
  },
};
