import { Parts } from './parts.ts';

interface Framed {
  readonly correlationId: number;
  readonly clientId: string;
  readonly request: {
    readonly apiKey: number;
    readonly apiVersion: number;
    readonly encode: () => Promise<Parts | { readonly buffer: Buffer }>;
  };
}

/** A request with its size and header before it, in one buffer. https://kafka.apache.org/protocol#protocol_messages */
export async function frameRequest({ correlationId, clientId, request }: Framed): Promise<{ readonly buffer: Buffer }> {
  const body = await request.encode();
  const parts = new Parts().int16(request.apiKey).int16(request.apiVersion).int32(correlationId).string(clientId);
  parts.list.push(...(body instanceof Parts ? body.list : [body.buffer]));
  return { buffer: Buffer.concat([...new Parts().int32(parts.size()).list, ...parts.list]) };
}
