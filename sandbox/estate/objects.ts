// Test numbers of the card networks (they pass the Luhn check and belong to nobody) and social security
// numbers from ranges that look real to a detector but were never people's.
const cards = ['4111111111111111', '5555555555554444', '378282246310005', '6011111111111117'];
const ssns = ['219-09-9998', '457-55-5463', '078-05-1121', '408-27-1934'];
const names = ['Ada Sample', 'Ben Example', 'Cleo Testcase', 'Dan Placeholder'];

const row = (...cells: readonly (string | number | undefined)[]): string => cells.join(',');

const payments = [
  row('order_id', 'customer', 'card_number', 'amount'),
  ...Array.from({ length: 40 }, (_, i) =>
    row(1000 + i, names[i % names.length], cards[i % cards.length], (19.9 + i).toFixed(2)),
  ),
].join('\n');

const employees = JSON.stringify(
  names.map((name, i) => ({ name, ssn: ssns[i], department: i % 2 ? 'Finance' : 'Warehouse' })),
  undefined,
  2,
);

const products = [
  row('sku', 'title', 'price'),
  ...Array.from({ length: 30 }, (_, i) => row(`SKU-${i}`, `Product ${i}`, (9.5 + i).toFixed(2))),
].join('\n');

/** Key → content of the raw data bucket. */
export const objects: Readonly<Record<string, string>> = {
  'payments/2026/11/export.csv': payments,
  'hr/employees.json': employees,
  'catalogue/products.csv': products,
  'catalogue/categories.json': JSON.stringify({ categories: ['garden', 'kitchen', 'office'] }),
  'logs/import.log': 'import finished: 30 products, 0 errors\n',
};
