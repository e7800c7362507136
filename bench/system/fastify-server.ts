import fastify from 'fastify';

/** The minimum of an ingest server: it reads the body, parses the JSON and responds. */
const app = fastify({ logger: false, bodyLimit: 1024 * 1024 });
app.get('/', () => ({ status: 'up' }));
app.post('/v1/:type', () => ({ success: true }));
await app.listen({ port: Number(process.env['PORT']), host: '127.0.0.1' });
