/** State per (account, region), made at first use. */
export class Regional<Value> {
  private readonly values = new Map<string, Value>();
  private readonly make: () => Value;

  constructor(make: () => Value) {
    this.make = make;
  }

  of({ account, region }: { account: string; region: string }): Value {
    const key = `${account}/${region}`;
    const value = this.values.get(key) ?? this.make();
    this.values.set(key, value);
    return value;
  }

  all(): Value[] {
    return [...this.values.values()];
  }
}
