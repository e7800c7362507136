/**
 * The customer to whom the id `$2` belongs now, under the model `$1`. A former id of a customer is the id of a member that was moved: see the migrations.
 */
export const customerOf =
  'coalesce((select customer_id from scoring.member where member_id = $2::uuid and model_id = $1), $2::uuid)';
