import fastify from 'fastify';

/** The least that an ingest server can do: read the body, parse its JSON, answer. */
const app = fastify({ logger: false, bodyLimit: 1024 * 1024 });
app.get('/', () => ({ status: 'up' }));
app.post('/v1/:type', () => ({ success: true }));
await app.listen({ port: Number(process.env['PORT']), host: '127.0.0.1' });
