/** State per (account, region), made at first use. */
export class Regional<Value> {
  private readonly values = new Map<string, Value>();
  private readonly make: (account: string, region: string) => Value;

  constructor(make: (account: string, region: string) => Value) {
    this.make = make;
  }

  of({ account, region }: { account: string; region: string }): Value {
    const key = `${account}/${region}`;
    const value = this.values.get(key) ?? this.make(account, region);
    this.values.set(key, value);
    return value;
  }

  all(): Value[] {
    return [...this.values.values()];
  }
}
