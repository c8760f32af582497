-- Null: the budget of BUDGET_PER_MINUTE. 0: unlimited.
ALTER TABLE "api_keys" ADD COLUMN "budget_per_minute" INTEGER CHECK ("budget_per_minute" >= 0);

-- The demo's keys, which an earlier release made without a budget.
UPDATE "api_keys" SET "budget_per_minute" = 0 WHERE "hash" IN (
  sha256('am_live_demo000000000000000000000000000'), sha256('sk_live_demo000000000000000000000000000'),
  sha256('zk_live_demo000000000000000000000000000'), sha256('am_live_demoreadonly0000000000000000000'),
  sha256('am_live_demoother000000000000000000000')
);
