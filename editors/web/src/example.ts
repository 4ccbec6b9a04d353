// An advert to try the page with; made up.
export const EXAMPLE = `# Receptionist, Hillside Surgery

We are a young and dynamic team looking for a rock star who can juggle competing priorities in a fast-paced environment.

## The work

- Welcome patients at the desk and answer the telephone
- Book appointments and keep records up to date
- Chairman's meetings: take the minutes once a month

## Essential

- A degree
- 5 years' experience in a similar role
- A full driving licence
- Native English speaker

## Desirable

- Experience of working with older people

Salary competitive. Please send your CV to the practice manager.
`;
