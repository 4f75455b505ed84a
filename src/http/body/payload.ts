import { createParamDecorator, type ExecutionContext, Injectable, type PipeTransform } from '@nestjs/common';
import { validate, type ValidationError } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import { Clock } from '../../clock/clock.js';
import { DomainError } from '../../errors/domain-error.js';
import { dialectOf } from '../dialect/dialect.js';
import type { Dialect } from '../dialect/dialect.js';
import { readAt } from './is-unix-seconds.js';
import { isBlank, requiredJsonObject, unknownField } from './json-document.js';
import { bodyTextOf } from './raw-body.js';
import { queryOf } from './url-path.js';

interface PayloadRecipe {
  readonly type: new () => object;
  readonly rules: PayloadRules;
}

interface PayloadSource extends PayloadRecipe {
  readonly dialect: Dialect;
  readonly contentType: string;
  readonly bodyText: string;
  readonly queryText: string;
}

interface PayloadRules {
  /** An empty body stands for an empty object. */
  readonly optional?: boolean;
  /** How many values it may have, where it may be longer than others; absent: any number. */
  readonly mostValues?: number;
  /** The fields may also come as a form or in the query, as `/revoke` has them (wire.md section 2.1). */
  readonly alsoAsForm?: boolean;
}

/** curl says "form" of every body, and no form of ours begins like JSON. */
const LOOKS_LIKE_JSON = /^[\t\n\r ]*[[{]/;

const RawPayload = createParamDecorator((recipe: PayloadRecipe, context: ExecutionContext): PayloadSource => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  return {
    ...recipe,
    dialect: dialectOf(request),
    contentType: request.headers['content-type'] ?? '',
    bodyText: bodyTextOf(request),
    queryText: queryOf(request.url),
  };
});

/**
 * The request's fields as a validated instance of `type`, a class with class-validator's decorators.
 *
 * Throws `REQUEST.MALFORMED_JSON`, or `REQUEST.INVALID_FIELD` naming the field. A field that the class does not
 * have is refused in the documented API and ignored in the SDK dialect (wire.md section 2.6).
 */
export function Payload(type: new () => object, rules: PayloadRules = {}): ParameterDecorator {
  return RawPayload({ type, rules }, PayloadPipe);
}

@Injectable()
class PayloadPipe implements PipeTransform<PayloadSource, Promise<object>> {
  constructor(private readonly clock: Clock) {}

  async transform(source: PayloadSource): Promise<object> {
    const payload = instanceOf(source.type, fieldsOf(source), source.dialect);
    readAt(payload, this.clock.nowSeconds());
    const [error] = await validate(payload, {
      whitelist: true,
      forbidNonWhitelisted: source.dialect === 'documented',
      forbidUnknownValues: true,
      stopAtFirstError: true,
      // Keeps the refused value out of the error object.
      validationError: { target: false, value: false },
    });
    if (error !== undefined) throw refusalOf(error);
    return payload;
  }
}

/**
 * The fields as they are, in an object of the class whose decorators say what they must be. Not made by
 * class-transformer, which calls what a client has put into an object as its `constructor`.
 */
function instanceOf(type: new () => object, fields: Record<string, unknown>, dialect: Dialect): object {
  const named = Object.entries(fields).filter(([name]) => !(name in Object.prototype));
  // class-validator would take a name that every object inherits for a field of the class.
  if (dialect === 'documented' && named.length < Object.keys(fields).length) throw unknownField();
  return Object.assign(new type(), Object.fromEntries(named));
}

function fieldsOf({ rules, bodyText, contentType, queryText }: PayloadSource): Record<string, unknown> {
  const body = isBlank(bodyText) ? '' : bodyText;
  if (rules.alsoAsForm === true && body === '') return parseForm(queryText);
  const isSaidToBeForm = contentType.toLowerCase().startsWith('application/x-www-form-urlencoded');
  if (rules.alsoAsForm === true && isSaidToBeForm && !LOOKS_LIKE_JSON.test(body)) return parseForm(body);
  if (body === '' && rules.optional === true) return {};
  return requiredJsonObject(body, rules.mostValues);
}

function parseForm(text: string): Record<string, unknown> {
  const fields = new URLSearchParams(text);
  for (const key of fields.keys()) {
    if (fields.getAll(key).length > 1) {
      throw new DomainError('REQUEST.MALFORMED_JSON', 'the form has the same field twice');
    }
  }
  return Object.fromEntries(fields);
}

function refusalOf(error: ValidationError): DomainError {
  const [[rule, message] = ['', 'is not valid']] = Object.entries(error.constraints ?? {});
  return rule === 'whitelistValidation'
    ? unknownField()
    : new DomainError('REQUEST.INVALID_FIELD', message, { field: error.property });
}
