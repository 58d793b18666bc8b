import { z } from 'zod';

/** Limits of the AWS Security Finding Format that an import is refused for. */
const text = (longest: number) => z.string().min(1).max(longest);
const timestamp = z
  .string()
  .refine((value) => !Number.isNaN(Date.parse(value)) && /^\d{4}-\d\d-\d\dT/.test(value), {
    error: 'must be an ISO 8601 timestamp',
  });
const Severity = z.looseObject({
  Label: z.enum(['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL']).optional(),
  Normalized: z.number().int().min(0).max(100).optional(),
});
const Types = z
  .array(z.string().regex(/^[^/]*(\/[^/]*){0,2}$/, 'must be namespace/category/classifier'))
  .max(50);

export const Asff = z
  .looseObject({
    SchemaVersion: z.literal('2018-10-08'),
    Id: text(512),
    ProductArn: text(2048).regex(/^arn:[^:]+:securityhub:[^:]*:[^:]*:product\/[^/]+\/[^/]+$/),
    GeneratorId: text(512),
    AwsAccountId: z.string().regex(/^\d{12}$/),
    CreatedAt: timestamp,
    UpdatedAt: timestamp,
    FirstObservedAt: timestamp.optional(),
    LastObservedAt: timestamp.optional(),
    Title: text(256),
    Description: text(1024),
    Types: Types.optional(),
    Severity: Severity.optional(),
    FindingProviderFields: z
      .looseObject({ Severity: Severity.optional(), Types: Types.optional() })
      .optional(),
    Confidence: z.number().int().min(0).max(100).optional(),
    Criticality: z.number().int().min(0).max(100).optional(),
    Resources: z
      .array(z.looseObject({ Type: text(256), Id: text(512) }))
      .min(1)
      .max(32),
    ProductFields: z
      .record(z.string().max(128), z.string().max(2048))
      .refine((fields) => Object.keys(fields).length <= 50)
      .optional(),
    UserDefinedFields: z.record(z.string().max(128), z.string().max(1024)).optional(),
    Compliance: z
      .looseObject({
        Status: z.enum(['PASSED', 'WARNING', 'FAILED', 'NOT_AVAILABLE']).optional(),
      })
      .optional(),
    Workflow: z
      .looseObject({ Status: z.enum(['NEW', 'NOTIFIED', 'RESOLVED', 'SUPPRESSED']).optional() })
      .optional(),
    RecordState: z.enum(['ACTIVE', 'ARCHIVED']).optional(),
  })
  .refine(
    (finding) =>
      finding.Severity !== undefined || finding.FindingProviderFields?.Severity !== undefined,
    { error: 'must have Severity or FindingProviderFields.Severity', path: ['Severity'] },
  );

/** Bytes of the JSON text. */
export const largestFinding = 240 * 1024;
