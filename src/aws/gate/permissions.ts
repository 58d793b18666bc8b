/**
 * What the gate's function may do with its buckets and their objects, by the part that a bucket plays; each plays several. A tagged
 * source cannot be copied without reading its tags (D28), and without ListBucket S3 says 403 where it means 404.
 */
export const objectActions = {
  bucket: ['s3:ListBucket', 's3:ListBucketVersions'],
  source: ['s3:GetObjectVersion', 's3:GetObjectVersionTagging', 's3:DeleteObjectVersion'],
  target: [
    's3:PutObject',
    's3:PutObjectTagging',
    's3:GetObject',
    's3:GetObjectTagging',
    's3:GetObjectVersionTagging',
    's3:AbortMultipartUpload',
  ],
} as const;
