import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { errors, jwtVerify, SignJWT } from 'jose';
import { DataSource } from 'typeorm';
import { signingSecretTable } from './access-table.ts';

const issuer = 'sestante';

/** The content of a valid token. */
export interface TokenClaims {
  readonly customerId: string;
  /** When the token expires, in milliseconds since 1970. */
  readonly endsAt: number;
  /**
   * Whether the customer was known by weak identifiers only, such as a browser, when the token was issued. Whoever holds such a token need not be the person
   * who signs in with that browser later: it ends when the customer is merged into another one.
   */
  readonly isWeak: boolean;
}

/** Tokens that give access to one customer's own data: JWT, HS256, subject = customer id. The secret is stored in the database, so that all services share it. */
@Injectable()
export class CustomerTokens {
  private secret: Promise<Uint8Array> | undefined;

  constructor(private readonly dataSource: DataSource) {}

  /** Issues a token that is valid for so many seconds. */
  async issue(
    customerId: string,
    seconds: number,
    { isWeak = false }: Partial<Pick<TokenClaims, 'isWeak'>> = {},
  ): Promise<string> {
    return new SignJWT(isWeak ? { weak: true } : {})
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(customerId)
      .setIssuer(issuer)
      .setIssuedAt()
      .setExpirationTime(Math.floor(Date.now() / 1_000) + seconds)
      .sign(await this.readSecret());
  }

  /** The claims of the token; undefined if it is forged, malformed or expired. */
  async read(token: string): Promise<TokenClaims | undefined> {
    try {
      const { payload } = await jwtVerify(token, await this.readSecret(), { issuer, algorithms: ['HS256'] });
      const { sub: customerId, exp = 0 } = payload;
      return customerId === undefined
        ? undefined
        : { customerId, endsAt: exp * 1_000, isWeak: payload['weak'] === true };
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined;
      throw error;
    }
  }

  private readSecret(): Promise<Uint8Array> {
    this.secret ??= this.findSecret().catch((error: unknown) => {
      this.secret = undefined;
      throw error;
    });
    return this.secret;
  }

  private async findSecret(): Promise<Uint8Array> {
    const secrets = this.dataSource.getRepository(signingSecretTable);
    await secrets
      .createQueryBuilder()
      .insert()
      .values({ id: 1, secret: randomBytes(32) })
      .orIgnore()
      .execute();
    return (await secrets.findOneByOrFail({ id: 1 })).secret;
  }
}
