const statuses: Record<string, number> = {
  AccessDeniedException: 403,
  ConflictException: 409,
  InternalException: 500,
  InternalServerException: 500,
  InvalidAccessException: 401,
  InvalidInputException: 400,
  LimitExceededException: 429,
  ResourceConflictException: 409,
  ResourceNotFoundException: 404,
  ServiceQuotaExceededException: 402,
  UnknownOperationException: 404,
  UnprocessableEntityException: 422,
  ValidationException: 400,
};

/** A refusal the SDK turns into the modelled exception of the same name. */
export class Fault extends Error {
  override readonly name: string;
  readonly status: number;

  constructor(name: string, message: string) {
    super(message);
    this.name = name;
    this.status = statuses[name] ?? 400;
  }
}
