/** What the options of an input are called: a scenario holds their ids. */

import { type Field, type Part, type Scenario, variantLabel } from "../engine/api.ts";
import { partAt } from "../engine/byname.ts";

/** What a field of a scenario may hold, or a set of it, by the field's path. */
type OptionOf<Path extends string> = Path extends `${infer Group extends keyof Scenario}.${infer Key}`
  ? Held<NonNullable<Scenario[Group]>, Key>
  : never;
type Held<Group, Key> = Key extends keyof Group ? Named<NonNullable<Group[Key]>> : never;
type Named<Value> = Extract<Value extends readonly (infer Item)[] ? Item : Value, string>;

/** By path and id; what is not among them is called by its id. */
const NAMES = {
  "team.onCall": { asItPays: "as it pays" },
  "goals.redundancy": { asItPays: "as it pays" },
  "goals.secondSite": { asItPays: "as it pays" },
  "data.standby": { asItPays: "as it pays" },
  "finance.provider": {
    aws: "Amazon",
    gcp: "Google",
    azure: "Microsoft",
    hetzner: "Hetzner",
    digitalocean: "DigitalOcean",
  },
  "finance.host": { hetzner: "Hetzner", us: "OVHcloud and Latitude, US" },
  "finance.platform": { render: "Render", heroku: "Heroku" },
  "finance.databaseProvider": { same: "the cloud provider", aws: "Amazon", gcp: "Google", azure: "Microsoft" },
  "finance.cdn": {
    none: "no CDN",
    cloudfront: "Amazon CloudFront",
    "cloud-cdn": "Google Cloud CDN",
    fastly: "Fastly",
    bunny: "bunny.net",
    cloudflare: "Cloudflare",
  },
  "team.skills": {
    backup: "backups",
    cdn: "CDN",
    ci: "continuous integration",
    cloud: "cloud machines",
    "cloud-iam": "cloud permissions",
    "cloud-net": "cloud networks",
    "config-mgmt": "configuration management",
    "deploy-tool": "deployment tools",
    "dev-vm": "VMs for development",
    dns: "DNS",
    docker: "Docker",
    failover: "database failover",
    ftp: "FTP",
    go: "Go",
    graphql: "GraphQL",
    hardware: "hardware",
    helm: "Helm",
    hosting: "rented servers",
    k8s: "Kubernetes",
    "k8s-admin": "running Kubernetes",
    "k8s-net": "Kubernetes networks",
    "k8s-storage": "Kubernetes storage",
    language: "the language",
    linux: "Linux",
    network: "networks",
    observability: "monitoring",
    operator: "Kubernetes operators",
    paas: "a platform",
    packer: "Packer",
    rancher: "Rancher",
    serverless: "functions",
    sql: "SQL",
    "sql-dba": "database administration",
    terraform: "Terraform",
    vcs: "version control",
    webserver: "web servers",
  },
} satisfies {
  [Path in "team.onCall" | "goals.redundancy" | "goals.secondSite" | "data.standby" | "team.skills"]: Partial<
    Record<OptionOf<Path>, string>
  >;
} & {
  [Path in `finance.${"provider" | "host" | "platform" | "databaseProvider" | "cdn"}`]: Record<OptionOf<Path>, string>;
};

/** The name of a part without the products that it may be. */
export function withoutProducts({ name }: Pick<Part, "name">): string {
  return name.replace(/ \(.*\)$/, "");
}

export function optionLabel({ path }: Pick<Field, "path">, id: string): string {
  if (path === "current.variant") return id === "none" ? "nothing yet" : variantLabel(id);
  if (path.startsWith("stack.")) return withoutProducts(partAt(id));
  const names: Partial<Record<string, Partial<Record<string, string>>>> = NAMES;
  return names[path]?.[id] ?? id;
}
