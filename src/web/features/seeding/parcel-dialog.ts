/** What is open above the panel of a creator's parcel. */
export type Dialog = 'ask' | 'address' | 'lines' | 'reject' | 'bar' | 'shipment' | null;
